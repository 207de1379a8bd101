import { spawn, spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('torture-child.ts', import.meta.url));

/** How a task went; without an outcome it was killed. */
export interface Outcome {
  /** `done`, or the code of an error. */
  readonly outcome?: string | undefined;
  readonly message: string;
  readonly calls: number;
  readonly ms: number;
}

export interface TaskOptions extends Pick<SpawnSyncOptions, 'uid' | 'gid' | 'env'> {
  /** Before which call it kills itself: a number or a path. */
  readonly last?: number | string;
  /** Put before the command. */
  readonly shell?: string;
}

/** Runs a task of `torture-child.ts` to its end. */
export function runTask(task: string, project: string, { last = '', shell = '', ...options }: TaskOptions = {}): Outcome {
  const args = [child, task, project, String(last)];
  const { stdout } = spawnSync('sh', ['-c', `${shell} exec "$@"`, 'sh', process.execPath, ...args], {
    encoding: 'utf8',
    ...options,
  });
  const [, result = ''] = stdout.split('\n');
  const [outcome, calls, ms] = result.split(' ');
  return { outcome: outcome || undefined, message: result, calls: Number(calls), ms: Number(ms) };
}

/** Runs a task and kills it some time after it began. */
export async function killTask(task: string, project: string, afterMs: number): Promise<void> {
  const running = spawn(process.execPath, [child, task, project], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => running.once('close', resolve));
  await new Promise((resolve) => running.stdout.once('data', resolve));
  // A timer would be too coarse.
  for (const until = performance.now() + afterMs; performance.now() < until;);
  running.kill('SIGKILL');
  await exited;
}
