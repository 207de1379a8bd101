import { execFile } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Ended {
  readonly status: 'good' | 'bad';
  /** Of both streams, to be shown. */
  readonly output: string;
}

/** What a program needs of this machine's own environment; mocha's, and its owner's settings, stay out. */
export const plainEnvironment: Environment = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** Runs this Node with arguments to its end, for a minute at most. */
export function runNode(args: readonly string[], cwd: string, env: Environment = plainEnvironment): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env, timeout: 60_000, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 'good' : 'bad', output: `${stdout}${stderr}` });
    });
  });
}
