import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isSystemError, TsflaskError } from '../error.ts';
import { hideFromGit, localFolder, checkLocalFolder, removeIfEmpty, removeLock, type LocalFolder } from './local-folder.ts';
import { isRunning, ownProcess, type ProcessId } from './process-life.ts';
import { writeFailed } from './write-failed.ts';

export interface Lock {
  readonly release: () => void;
}

/** Who holds a lock. */
interface Holder extends ProcessId {
  readonly since: string;
  readonly command: string;
}

/**
 * Keeps a project from being written twice at once. A lock of a process that is no more is taken over.
 * @throws {@link TsflaskError} `LOCKED`; `WRITE_FAILED` where the system allows none; `PATH_UNSAFE`
 */
export function takeLock(project: string): Lock {
  const own = JSON.stringify(describe());
  const local = localFolder(project);
  const release = (): void => {
    // One that is not ours any more was removed by hand, as the error below says.
    if ([own, undefined].includes(readIfAny(local.lock))) removeLock(local);
  };
  try {
    takeWhenFree(project, own);
  } catch (error) {
    removeIfEmpty(local);
    throw isSystemError(error) ? writeFailed(error, project) : error;
  }
  try {
    hideFromGit(local);
  } catch (error) {
    release();
    throw writeFailed(error, project);
  }
  return { release };
}

function takeWhenFree(project: string, own: string): void {
  const local = localFolder(project);
  checkLocalFolder(project);
  for (;;) {
    const result = create(local.lock, own);
    if (result === 'created') return;
    // Whoever goes takes the folder along where nothing is left in it.
    if (result === 'exists') giveWayOrClear(local, own);
  }
}

/** Makes a lock that has its text from the start. */
function create(path: string, text: string): 'created' | 'exists' | 'no-folder' {
  const own = join(dirname(path), `lock-${process.pid}`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(own, text);
    link(own, path, text);
    return 'created';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'exists';
    if (code === 'ENOENT') return 'no-folder';
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function link(own: string, path: string, text: string): void {
  try {
    linkSync(own, path);
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code!)) throw error;
    // FAT has no second names.
    writeFileSync(path, text, { flag: 'wx' });
  }
}

/**
 * Removes a lock that nobody holds. Only who has the second lock may, and looks once more: else of two that find it at once, the
 * second would remove what the first has just made.
 */
function giveWayOrClear({ lock, takeover }: LocalFolder, own: string): void {
  if (!isAbandoned(lock)) return;
  if (create(takeover, own) === 'created') {
    try {
      if (isAbandoned(lock)) rmSync(lock, { force: true });
    } finally {
      rmSync(takeover, { force: true });
    }
  } else if (isAbandoned(takeover)) rmSync(takeover, { force: true });
}

/** @returns false where there is none; what is made there in the next moment is somebody's. @throws {@link TsflaskError} `LOCKED` */
function isAbandoned(path: string): boolean {
  const text = readIfAny(path);
  if (text === undefined) return false;
  const holder = parseHolder(text);
  if (holder === undefined ? isYoung(path) : isRunning(holder)) throw locked(path, holder);
  return true;
}

/** One that has no text yet, where it cannot be made with it. */
function isYoung(path: string): boolean {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  // The clock gives whole milliseconds, so a file may seem to come from the next one.
  return Math.abs(age) < 2000;
}

function describe(): Holder {
  const [, program = '', command = ''] = process.argv;
  return { ...ownProcess(), since: new Date().toISOString(), command: `${basename(program)} ${command}`.trim() };
}

function readIfAny(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder>;
    return typeof holder.pid === 'number' && typeof holder.host === 'string' ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function locked(path: string, holder: Holder | undefined): TsflaskError {
  const who =
    holder === undefined
      ? 'Another process has just begun'
      : `Process ${holder.pid} (${holder.command}) on ${holder.host} has been at it since ${holder.since}`;
  return new TsflaskError({
    code: 'LOCKED',
    problem: `This project is being written. ${who}.`,
    fix: `Wait for it. If it is certain to be gone, remove ${path}.`,
  });
}
