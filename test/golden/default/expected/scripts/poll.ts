import { main } from './cloud/command.ts';
import { loadDeployment, waitForVersion } from './cloud/deployment.ts';

// Waits for the version that was deployed last to answer.
await main(async () => {
  const { url, functionVersion } = await loadDeployment();
  await waitForVersion(url, functionVersion);
});
