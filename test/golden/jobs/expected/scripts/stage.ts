import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { capture, main, run } from './command.ts';
import { createEvent, formatReply } from './gateway/event.ts';
import { followAlias } from './jobs-alias.ts';

/** The outputs of terraform/service that are of use here. */
type Name = 'url' | 'region' | 'function_name' | 'function_version' | 'alias_name' | 'log_group_name';
type Service = Readonly<Record<Name, string>> & { readonly alarm_names: readonly string[] };

/** The version that answers; by the alias's description those that did before, latest first, and one that may not. */
type Alias = { readonly live: string; readonly before: readonly string[]; readonly rejected?: string | undefined };

// What `make` does with a stage beside Terraform: node scripts/stage.ts release terraform/stages/dev
const [action = '', root = ''] = process.argv.slice(2);
const { TF = 'terraform', VERSION, CANARY, POLL_SECONDS = 120, WATCH_SECONDS = 60 } = process.env;
const actions: Readonly<Record<string, (service: Service) => void | Promise<void>>> = {
  poll: (service) => waitForVersion(service, readAlias(service).live),
  logs: ({ log_group_name: group, region }) =>
    run('aws', 'logs', 'tail', group, '--region', region, '--follow', '--since', '10m', '--format', 'short'),
  release,
  rollback,
};
await main(async () => {
  const service = JSON.parse(capture(TF, `-chdir=${root}`, 'output', '-json', 'service'));
  await actions[action]?.(service);
  if (action === 'release' || action === 'rollback') followAlias(service, readAlias(service).live, callLambda);
});

/**
 * Lets the version that was published last answer once it has been tried; on failure, an alarm or Ctrl-C the one before
 * answers again.
 */
async function release(service: Service): Promise<void> {
  const { function_version: version, alarm_names: alarms } = service;
  const { live, before, rejected } = readAlias(service);
  if (version === live) return waitForVersion(service, version);
  if (version === rejected)
    return console.log(`Version ${live} stays: from ${version} somebody went back. make rollback VERSION=${version}`);
  if (CANARY && !/^[1-9]\d?$/.test(CANARY)) throw new Error('CANARY= takes a share of requests, from 1 to 99 percent.');
  callVersion(service, version);
  const raised = listRaised(service);
  const putBack = () => {
    moveAlias(service, { live, before });
    console.error(`Version ${live} answers again. What ${version} logged: make logs`);
  };
  process.once('exit', putBack);
  if (CANARY) {
    moveAlias(service, { live, before }, { [version]: Number(CANARY) / 100 });
    console.log(`Version ${version} answers ${CANARY} % of requests; ${alarms.length} alarms are watched.`);
    await watch(service, raised);
  }
  moveAlias(service, { live: version, before: [live, ...before] });
  await waitForVersion(service, version);
  await watch(service, raised);
  process.off('exit', putBack);
}

/** Goes back to the version before, or to that asked for. */
async function rollback(service: Service): Promise<void> {
  const { live, before } = readAlias(service);
  const version = VERSION || before[0];
  if (version === undefined) {
    const versions = callLambda(service, 'list-versions-by-function', '--query', "join(', ', Versions[1:].Version)");
    throw new Error(`No version is known to have answered before ${live}: VERSION= one of ${versions}`);
  }
  // The same bundle, deployed again, must not answer again.
  const rejected = version === service.function_version ? undefined : service.function_version;
  const older = [live, ...before].filter((other) => Number(other) < Number(version));
  moveAlias(service, { live: version, before: older, rejected });
  await waitForVersion(service, version);
}

/** @throws with what the version answers at /healthz, past the gateway, when it is not well */
function callVersion(service: Service, version: string): void {
  const file = join(mkdtempSync(join(tmpdir(), 'answer-')), 'answer.json');
  const request = { method: 'GET', target: '/healthz', headers: [], body: Buffer.of(), address: '127.0.0.1' };
  const payload = ['--payload', JSON.stringify(createEvent(request)), '--cli-binary-format', 'raw-in-base64-out'];
  callLambda(service, 'invoke', '--qualifier', version, ...payload, file);
  const [answer = ''] = readFileSync(file, 'utf8').split('\0', 1); // between the head and the body of a stream
  const { status } = formatReply(JSON.parse(answer));
  if (status !== 200) throw new Error(`Version ${version} is not well, and was let answer nobody: ${answer}`);
}

/** @throws when an alarm is raised that was not before */
async function watch(service: Service, raised: readonly string[]): Promise<void> {
  for (const end = Date.now() + Number(WATCH_SECONDS) * 1000; ; await setTimeout(5000)) {
    const alarm = listRaised(service).find((name) => !raised.includes(name));
    if (alarm !== undefined) throw new Error(`The alarm ${alarm} was raised.`);
    if (Date.now() >= end) return;
  }
}

function listRaised({ region, alarm_names: names }: Service): string[] {
  if (names.length === 0) return [];
  const query = ['--state-value', 'ALARM', '--query', 'MetricAlarms[].AlarmName', '--output', 'json'];
  return JSON.parse(
    capture('aws', 'cloudwatch', 'describe-alarms', '--region', region, '--alarm-names', ...names, ...query),
  );
}

function readAlias(service: Service): Alias {
  const answer = callLambda(service, 'get-alias', '--name', service.alias_name);
  const { FunctionVersion: live, Description: told = '' } = JSON.parse(answer);
  const [, before = ''] = /before: ([\d ]+)/.exec(told) ?? [];
  return { live, before: before.split(' ').filter(Boolean), rejected: /not: (\d+)/.exec(told)?.[1] };
}

function moveAlias(service: Service, { live, before, rejected }: Alias, weights = {}): void {
  const history = `before: ${before.slice(0, 20).join(' ')}${rejected === undefined ? '' : ` not: ${rejected}`}`;
  const routing = ['--routing-config', JSON.stringify({ AdditionalVersionWeights: weights }), '--description', history];
  callLambda(service, 'update-alias', '--name', service.alias_name, '--function-version', live, ...routing);
}

function callLambda({ function_name: name, region }: Service, command: string, ...args: readonly string[]): string {
  return capture('aws', 'lambda', command, '--function-name', name, '--region', region, '--output', 'json', ...args);
}

/** @throws with what answers at /healthz instead when the version never does */
async function waitForVersion({ url }: Service, version: string): Promise<void> {
  for (const deadline = Date.now() + Number(POLL_SECONDS) * 1000; ; await setTimeout(1000)) {
    const answer = await askVersion(url);
    if (answer === `version ${version}`) return console.log(`Version ${version} answers at ${url}`);
    if (Date.now() > deadline)
      throw new Error(`After ${POLL_SECONDS} seconds ${url}/healthz answers with ${answer}, not version ${version}.`);
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
