import { captureCommand, main } from './cloud/command.ts';
import { loadDeployment, waitForVersion } from './cloud/deployment.ts';

// Points the alias at an earlier version, at once and past Terraform; its next deploy moves it on again.
await main(async () => {
  const { url, region, functionName, aliasName } = await loadDeployment();
  const target = ['--function-name', functionName, '--region', region, '--output', 'json'];
  const alias = await captureCommand('aws', 'lambda', 'get-alias', '--name', aliasName, ...target);
  const list = await captureCommand('aws', 'lambda', 'list-versions-by-function', ...target);
  const { FunctionVersion: live } = JSON.parse(alias) as { FunctionVersion: string };
  const { Versions: published } = JSON.parse(list) as { Versions: { Version: string }[] };

  const version = chooseVersion(published, live);
  const update = ['--name', aliasName, '--function-version', version];
  await captureCommand('aws', 'lambda', 'update-alias', ...update, ...target);
  await waitForVersion(url, version);
  console.log(`It takes the place of ${live}, until the next deploy publishes a new one.`);
});

/** The version asked for on the command line, or else the last one before the live one. */
function chooseVersion(published: readonly { Version: string }[], live: string): string {
  const [wanted] = process.argv.slice(2);
  const versions = published.map(({ Version }) => Number(Version)).filter((version) => version > 0);
  const chosen = wanted
    ? versions.find((version) => String(version) === wanted)
    : versions.findLast((version) => version < Number(live));
  if (chosen) return String(chosen);
  throw new Error(
    wanted
      ? `There is no version ${wanted}; there are ${versions.join(', ')}.`
      : `There is no version before ${live} to go back to.`,
  );
}
