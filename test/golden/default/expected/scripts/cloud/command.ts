import { spawn } from 'node:child_process';
import { findHint } from './hint.ts';

/** How to come by a program that is not there. */
const sources: Readonly<Record<string, string>> = {
  terraform:
    'Install it (https://developer.hashicorp.com/terraform/install), or set TF=tofu to use OpenTofu.',
  tofu: 'Install it (https://opentofu.org/docs/intro/install), or set TF=terraform to use Terraform.',
  aws: 'Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html).',
};

/** A program that could not be started, or that failed. The message says what to do, where that is known. */
export class CommandError extends Error {
  readonly exitCode: number;
  readonly stderr: string;

  constructor(message: string, exitCode: number, stderr = '') {
    super(message);
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/** Runs a program in this terminal: it may ask, and what it says is seen as it comes. */
export async function runCommand(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  await run(command, env, 'shown');
}

/** Runs a program out of sight and returns what it prints. */
export function captureCommand(...command: readonly string[]): Promise<string> {
  return run(command, {}, 'captured');
}

async function run(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  output: 'shown' | 'captured',
): Promise<string> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: [output === 'shown' ? 'inherit' : 'ignore', output === 'shown' ? 'inherit' : 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (output === 'shown') process.stderr.write(text);
  });
  // Ctrl-C reaches the program as well: let it end in its own time, so that no lock stays behind.
  process.on('SIGINT', wait);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? missing(program) : error);
    });
    child.on('close', (code) => resolve(code ?? 130));
  }).finally(() => process.off('SIGINT', wait));
  if (exitCode === 0) return stdout.trim();
  const words = output === 'shown' ? '' : stderr.trim();
  const advice = findHint(stderr) ?? `${program} failed with code ${exitCode}.`;
  throw new CommandError(`${words}\n${advice}`.trim(), exitCode, stderr);
}

function missing(program: string): CommandError {
  return new CommandError(`${program} is not on the PATH. ${sources[program] ?? ''}`.trim(), 127);
}

function wait(): void {}

/** Runs a script: its failure is said in words, without a stack, and becomes the exit code. */
export async function main(script: () => Promise<void>): Promise<void> {
  try {
    await script();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = error instanceof CommandError ? error.exitCode : 1;
  }
}
