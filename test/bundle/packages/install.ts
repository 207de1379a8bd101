import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'tsflask-packages');

/** The registry did not answer. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';
}

/** A new folder on the file system of the installed packages, so that their files can be linked into it. */
export function makeFolder(): string {
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'run-'));
}

/**
 * Installs what the lock in this folder says, once for each lock. Scripts do not run: they compile and download.
 * @returns the folder that has `node_modules`
 * @throws {@link OfflineError}
 */
export function installPackages(): string {
  const lock = readFileSync(join(here, 'package-lock.json'));
  const folder = join(cache, createHash('sha256').update(lock).digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  const temporary = makeFolder();
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(here, name), join(temporary, name));
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['ci', ...options], { cwd: temporary, stdio: 'pipe', encoding: 'utf8' });
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (existsSync(folder)) return folder;
    const isOffline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED/.test(String(error));
    throw isOffline ? new OfflineError('The registry cannot be reached.', { cause: error }) : error;
  }
  return folder;
}
