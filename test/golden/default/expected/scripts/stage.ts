import { setTimeout } from 'node:timers/promises';

import { capture, main, run } from './command.ts';

/** The outputs of terraform/service that are of use here. */
type Service = Readonly<
  Record<'url' | 'region' | 'function_name' | 'function_version' | 'alias_name' | 'log_group_name', string>
>;

// What `make` does with a stage beside Terraform: node scripts/stage.ts rollback dev [7]
const [action = '', stage = 'dev', wanted] = process.argv.slice(2);
const actions: Readonly<Record<string, () => void | Promise<void>>> = {
  poll: () => waitForVersion(loadService()),
  logs: () => {
    const { log_group_name: group, region } = loadService();
    run('aws', 'logs', 'tail', group, '--region', region, '--follow', '--since', '10m', '--format', 'short');
  },
  rollback,
};
await main(actions[action] ?? (() => Promise.reject(new Error(`There is no ${action} of a stage.`))));

function loadService(): Service {
  const root = `-chdir=terraform/stages/${stage}`;
  return JSON.parse(capture(process.env['TF'] ?? 'terraform', root, 'output', '-json', 'service'));
}

/** @throws with what answers at /healthz instead when the version never does */
async function waitForVersion({ url, function_version: version }: Service): Promise<void> {
  const seconds = Number(process.env['POLL_SECONDS'] ?? 120);
  for (const deadline = Date.now() + seconds * 1000; ; await setTimeout(1000)) {
    const answer = await askVersion(url);
    if (answer === `version ${version}`) return console.log(`Version ${version} answers at ${url}`);
    if (Date.now() <= deadline) continue;
    throw new Error(
      `After ${seconds} seconds ${url}/healthz answers with ${answer}, not version ${version}.\n` +
        'What it logs: make logs. Back to the version before: make rollback.',
    );
  }
}

async function askVersion(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(30_000) });
    if (!response.ok) return `status ${response.status}`;
    const { functionVersion } = (await response.json()) as { functionVersion?: unknown };
    return `version ${String(functionVersion)}`;
  } catch (error) {
    return String(error);
  }
}

/** Points the alias at the version before, or that asked for, past Terraform, whose next deploy moves it on again. */
async function rollback(): Promise<void> {
  const service = loadService();
  const target = ['--function-name', service.function_name, '--region', service.region, '--output', 'text'];
  const lambda = (command: string, ...args: readonly string[]): string =>
    capture('aws', 'lambda', command, ...target, ...args);
  const live = lambda('get-alias', '--name', service.alias_name, '--query', 'FunctionVersion');
  const version = wanted ?? `${Number(live) - 1}`;
  lambda('update-alias', '--name', service.alias_name, '--function-version', version);
  await waitForVersion({ ...service, function_version: version });
  console.log(`It takes the place of ${live}, until the next deploy.`);
}
