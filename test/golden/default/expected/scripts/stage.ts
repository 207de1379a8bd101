import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { setTimeout } from 'node:timers/promises';

import { capture, main, run } from './command.ts';

/** The outputs of terraform/service that are of use here. */
type Service = Readonly<
  Record<'url' | 'region' | 'function_name' | 'function_version' | 'alias_name' | 'log_group_name', string>
>;

// What `make` does with a stage beside Terraform: node scripts/stage.ts rollback dev [7]
const [action = '', stage = 'dev', wanted] = process.argv.slice(2);
const root = `terraform/stages/${stage}`;
const actions: Readonly<Record<string, () => Promise<void>>> = {
  'confirm-apply': () => confirm('yes', `Apply this plan to ${stage}?`),
  'confirm-destroy': () => confirm(/^(?:prod|live)/.test(stage) ? stage : 'yes', `Destroy ${stage}?`),
  poll: async () => {
    const { url, function_version: version } = await loadService();
    await waitForVersion(url, version);
  },
  logs: async () => {
    const { log_group_name: group, region } = await loadService();
    const shown = ['--follow', '--since', '10m', '--format', 'short'];
    await run('aws', 'logs', 'tail', group, '--region', region, ...shown);
  },
  rollback,
};
await main(actions[action] ?? (() => Promise.reject(new Error(`There is no ${action} of a stage.`))));

/** Asks in the terminal before a plan is applied; with YES=1 only where more than a yes is expected. */
async function confirm(expected: string, question: string): Promise<void> {
  const backend = await readFile(`${root}/backend.tf`, 'utf8').catch(() => 'backend "local"');
  const [, key] = /key += "(.*)\.tfstate"/.exec(backend) ?? [];
  if (key !== undefined && key !== stage)
    throw new Error(`${root}/backend.tf is that of ${key}: make bootstrap STAGE=${stage}`);
  if (backend.includes('backend "local"')) {
    console.warn(
      `\n!! The state of ${stage} lies on this machine only, in ${root}/terraform.tfstate: nobody else can` +
        `\n!! deploy, and losing it orphans what it describes. To keep it in S3: make bootstrap STAGE=${stage}`,
    );
  }
  if (process.env['YES'] === '1' && expected === 'yes') return;
  process.stdout.write(`\n${question} Type ${expected} to go on: `);
  for await (const answer of createInterface({ input: process.stdin })) {
    if (answer.trim() === expected) return;
    break;
  }
  const advice = expected === 'yes' ? 'YES=1' : `echo ${stage} | make destroy STAGE=${stage}`;
  throw new Error(`Nothing was changed. Without a terminal: ${advice}`);
}

async function loadService(): Promise<Service> {
  const terraform = process.env['TF'] ?? 'terraform';
  return JSON.parse(await capture(terraform, `-chdir=${root}`, 'output', '-json', 'service')) as Service;
}

/** @throws with what answers at /healthz instead when the version never does */
async function waitForVersion(url: string, version: string): Promise<void> {
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

/** Points the alias at an earlier version, at once and past Terraform; its next deploy moves it on again. */
async function rollback(): Promise<void> {
  const { url, region, function_name: name, alias_name: alias } = await loadService();
  const target = ['--function-name', name, '--region', region, '--output', 'text'];
  const lambda = (command: string, ...args: readonly string[]): Promise<string> =>
    capture('aws', 'lambda', command, ...target, ...args);
  const live = await lambda('get-alias', '--name', alias, '--query', 'FunctionVersion');
  const published = await lambda('list-versions-by-function', '--query', 'Versions[].Version');
  const numbers = published.split(/\s+/).filter((version) => version !== '$LATEST');
  const versions = numbers.toSorted((a, b) => Number(a) - Number(b));
  const version = versions.findLast((each) => (wanted ? each === wanted : Number(each) < Number(live)));
  if (!version) {
    throw new Error(`There is no version ${wanted ?? `before ${live}`}; there are ${versions.join(', ')}.`);
  }
  await lambda('update-alias', '--name', alias, '--function-version', version);
  await waitForVersion(url, version);
  console.log(`It takes the place of ${live}, until the next deploy.`);
}
