import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A program that runs the emitted HCL: `terraform` or `tofu`. */
export type Engine = 'terraform' | 'tofu';

/** How a program ended, and all that it said. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

const environment = {
  // AWS is never asked, but the provider wants to be given something.
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  // A third of the time of these short runs would be garbage collection.
  GOGC: '400',
};

/** What the tests of Terraform cannot run for; '' when they can. With CI set they run, and fail, all the same. */
const obstacle = findObstacle();

/** Terraform always, so that a suite without it is at least seen to be left out; OpenTofu wherever it is installed. */
export const engines: readonly Engine[] = hasProgram('tofu') ? ['terraform', 'tofu'] : ['terraform'];

/** A suite that is left out, saying why, where Terraform or its AWS provider cannot be had. */
export function describeTerraform(title: string, suite: (this: Mocha.Suite) => void): void {
  const isLeftOut = obstacle !== '' && process.env['CI'] === undefined;
  if (isLeftOut) describe.skip(`${title} (${obstacle})`, suite);
  else describe(title, suite);
}

/** Runs a program to its end; with nothing at its input, unless something is given. */
export function run([program = '', ...args]: readonly string[], cwd: string, options: RunOptions = {}): Promise<Outcome> {
  const { env = {}, input = '' } = options;
  const child = spawn(program, args, { cwd, env: { ...process.env, ...environment, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined); // it need not read what it is given
  child.stdin.end(input);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: stripVTControlCharacters(output) }));
  });
}

/** Runs an engine, which has to succeed. @returns all that it said */
export async function tell(engine: Engine, cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, output } = await run([engine, ...args], cwd);
  assert.equal(code, 0, `${engine} ${args.join(' ')}\n${output}`);
  return output;
}

/** A step of a plan, by its address in the module of a stage. */
export interface Step {
  readonly address: string;
  /** Such as `update`, or `create` and `delete` in their order. */
  readonly actions: readonly string[];
}

/** Plans, and lists what would be done; reading is nothing. */
export async function planSteps(engine: Engine, cwd: string, ...args: readonly string[]): Promise<readonly Step[]> {
  await tell(engine, cwd, 'plan', '-input=false', '-out=stage.tfplan', ...args);
  const { resource_changes: changes } = JSON.parse(await tell(engine, cwd, 'show', '-json', 'stage.tfplan')) as {
    readonly resource_changes: readonly { readonly address: string; readonly change: Pick<Step, 'actions'> }[];
  };
  return changes
    .map(({ address, change: { actions } }) => ({ address: address.replace('module.service.', ''), actions }))
    .filter(({ actions: [first = ''] }) => !['no-op', 'read'].includes(first));
}

function hasProgram(engine: Engine): boolean {
  return spawnSync(engine, ['version']).status === 0;
}

function findObstacle(): string {
  if (!hasProgram('terraform')) return 'terraform is not installed';
  const folder = mkdtempSync(join(tmpdir(), 'tsflask-provider-'));
  writeFileSync(join(folder, 'main.tf'), 'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws" }\n  }\n}\n');
  const { status } = spawnSync('terraform', ['init', '-input=false'], { cwd: folder });
  rmSync(folder, { recursive: true });
  return status === 0 ? '' : 'terraform init finds no AWS provider';
}
