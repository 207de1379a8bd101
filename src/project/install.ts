import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { reasonOf } from '../error.ts';
import type { PackageManager } from './workspace.ts';

/** What became of `npm install`; `skipped` by Ctrl-C. */
export type InstallResult =
  | { readonly kind: 'installed' }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly message: string };

export interface InstallOptions {
  /** npm, if nothing else; another one where the project is a workspace of it. */
  readonly manager?: PackageManager;
  /** Called each second with what is going on: a heading, a colon, and what changes. */
  readonly onProgress?: (text: string) => void;
  /** How long to wait for the registry's first answer, and then for each sign of life, before npm is ended. */
  readonly patience?: { readonly firstMs: number; readonly nextMs: number };
}

// npm waits five minutes for an answer, three times. That is right for a large file on a slow line, and not for a registry that is out
// of reach: its first answer is small.
const patience = { firstMs: 45_000, nextMs: 180_000 };
const impatience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000'];
// A line for each request, which is how its progress is known.
const loud = '--loglevel=http';

const argumentsOf: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['install', '--include=dev', '--no-audit', '--no-fund', ...impatience, loud],
  pnpm: ['install'],
  yarn: ['install'],
};

/**
 * Runs `npm install` in a project, or what another manager has for it, for NODE_ENV=production too with all that its development needs.
 * Ctrl-C ends it and nothing else. Never throws: the project stays whatever npm does.
 */
export async function installDependencies(
  folder: string,
  { manager = 'npm', onProgress, patience: { firstMs, nextMs } = patience }: InstallOptions = {},
): Promise<InstallResult> {
  const child = spawn(manager, argumentsOf[manager], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is a batch file on Windows.
    shell: process.platform === 'win32',
  });
  const log = watchLog(child);
  const ended = { isSkipped: false, isSilent: false };
  // Ctrl-C reaches npm as well; what is left is ours to say.
  const onInterrupt = (): void => {
    ended.isSkipped = true;
    child.kill('SIGINT');
  };
  process.on('SIGINT', onInterrupt);
  const started = performance.now();
  const tick = (): void => {
    const seconds = Math.round((performance.now() - started) / 1000);
    onProgress?.(`Installing dependencies with ${manager} (Ctrl-C skips it): ${log.fetched()} fetched, ${seconds} s`);
    ended.isSilent ||= log.silentMs() > (log.fetched() === 0 ? firstMs : nextMs);
    if (ended.isSilent) child.kill();
  };
  tick();
  const clock = setInterval(tick, Math.min(1000, firstMs));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (code === 0) return { kind: 'installed' };
    if (ended.isSkipped) return { kind: 'skipped' };
    if (ended.isSilent)
      return {
        kind: 'failed',
        message: `The registry did not answer for ${Math.round(log.silentMs() / 1000)} s, so ${manager} was ended.`,
      };
    return { kind: 'failed', message: log.complaint() || `${manager} ended with ${signal ?? `exit code ${code}`}` };
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { kind: 'failed', message: isMissing ? `${manager} is not on the PATH.` : reasonOf(error) };
  } finally {
    clearInterval(clock);
    process.off('SIGINT', onInterrupt);
  }
}

interface NpmLog {
  /** How many requests were answered. */
  readonly fetched: () => number;
  readonly silentMs: () => number;
  /** What npm says beside its requests. */
  readonly complaint: () => string;
}

function watchLog({ stdout, stderr }: ChildProcess): NpmLog {
  let text = '';
  // pnpm and yarn complain here.
  let other = '';
  let heard = performance.now();
  const requests = /^npm http (?:fetch|cache) .*$\n?/gm;
  const failed = /^npm http fetch .* attempt \d+ failed with .*$\n?/gm;
  stderr?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    // Trying again is no sign of life.
    if (more.replaceAll(failed, '') !== '') heard = performance.now();
  });
  stdout?.setEncoding('utf8').on('data', (more: string) => {
    other += more;
    heard = performance.now();
  });
  return {
    fetched: () => text.replaceAll(failed, '').match(requests)?.length ?? 0,
    silentMs: () => performance.now() - heard,
    complaint: () => text.replaceAll(requests, '').trim() || other.trim(),
  };
}
