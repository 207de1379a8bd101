import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** What to do about a failed program, by what it says on stderr; `$1` is the first group. */
const hints: Readonly<Record<string, string>> = {
  'spawn (terraform|tofu) ENOENT':
    '$1 is not on the PATH. Install it (https://developer.hashicorp.com/terraform/install or https://opentofu.org/docs/intro/install), or set TF to the other one.',
  'spawn aws ENOENT':
    'aws is not on the PATH. Install the AWS CLI (https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html).',
  'No valid credential|Unable to locate credentials|InvalidClientTokenId|ExpiredToken|Token has expired|(security token|SSO session) [^.]*(expired|invalid)':
    'No AWS credentials, or expired ones: sign in (aws sso login, or set AWS_PROFILE), then run it again.',
  'account ID .*not allowed':
    'These credentials belong to another AWS account than this stage allows: check AWS_PROFILE, and terraform/stages.',
  'Error acquiring the state lock.*? ID: (\\S+)':
    'Another run holds this state: wait for it. If that run is dead: make unlock LOCK=$1',
  'Saved plan is stale': 'The state changed after this plan was made: run it again, for a new one.',
  'Backend (configuration|type) changed|Backend initialization required':
    'This stage keeps its state elsewhere than when it was last used here. If that move was meant and the state is in its new place: make clean, then run it again.',
  'does not match configured version constraint':
    'The pins in terraform/stages ask for other providers than were chosen: make lock, and commit the file that it writes.',
  'CloudWatch Logs role ARN must be set in account settings':
    'API Gateway has no role yet in this account and region to write logs as: make bootstrap sets it.',
  'output variable requested could not be found': 'Nothing is deployed to this stage yet: make deploy.',
  'lambda\\.zip: no such file': 'There is no bundle to deploy: run make bundle, or leave SKIP_BUNDLE out.',
  'asking for approval': 'Nothing was changed. Without a terminal: YES=1',
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a program in this terminal: it may ask, and what it says is seen as it comes. */
export async function run(...command: readonly string[]): Promise<void> {
  await start(command, 'inherit');
}

/** Runs a program out of sight and returns what it prints. */
export function capture(...command: readonly string[]): Promise<string> {
  return start(command, 'pipe');
}

async function start(command: readonly string[], output: 'inherit' | 'pipe'): Promise<string> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['inherit', output, 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (output === 'inherit') process.stderr.write(text);
  });
  // Ctrl-C reaches the program as well, another signal does not: let it end in its own time, so that no lock stays.
  const pass = (signal: NodeJS.Signals): void => void (signal === 'SIGINT' || child.kill(signal));
  for (const signal of signals) process.on(signal, pass);
  const code = await new Promise<number>((resolve) => {
    child.on('close', (exitCode) => resolve(exitCode ?? 130));
    child.on('error', ({ message }) => {
      stderr = message;
      resolve(127);
    });
  });
  for (const signal of signals) process.off(signal, pass);
  if (code === 0) return stdout.trim();
  const words = output === 'pipe' ? `${stderr.trim()}\n` : '';
  throw new Error(words + (findHint(stderr) ?? `${program} failed with code ${code}.`));
}

function findHint(stderr: string): string | undefined {
  // Terraform colours and frames what it says, and breaks its lines where the terminal ends.
  const text = stripVTControlCharacters(stderr).replaceAll(/[\s│╷╵]+/g, ' ');
  for (const [said, hint] of Object.entries(hints)) {
    const match = new RegExp(said, 'i').exec(text);
    if (match) return hint.replace('$1', match[1] ?? '');
  }
  return undefined;
}

/** Runs a script, whose failure is said in words, without a stack. */
export async function main(script: () => Promise<void>): Promise<void> {
  await script().catch((error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}

// Runs the program named, as it is, and says what to do when it fails: node scripts/command.ts terraform plan
if (import.meta.main) await main(() => run(...process.argv.slice(2)));
