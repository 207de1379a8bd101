import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { TsflaskError } from '../error.ts';
import { makeLocalFolder, removeIfEmpty } from './local-folder.ts';

export interface Lock {
  readonly release: () => void;
}

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the system started the process, where it tells: a number that is given again belongs to another one. */
  readonly born?: string;
  readonly since: string;
}

/**
 * Keeps a project from being written twice at once. A lock of a process that is no more is taken over.
 * @throws {@link TsflaskError} `LOCKED`
 */
export function takeLock(project: string): Lock {
  const local = makeLocalFolder(project);
  const own = JSON.stringify(describe());
  for (;;) {
    try {
      writeFileSync(local.lock, own, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      giveWayOrTakeOver(local.lock);
    }
  }
  return {
    release: () => {
      rmSync(local.lock, { force: true });
      removeIfEmpty(local);
    },
  };
}

function giveWayOrTakeOver(path: string): void {
  const found = readIfAny(path);
  if (found === undefined) return;
  const holder = parseHolder(found);
  if (holder !== undefined && isAlive(holder)) throw locked(path, holder);
  // Somebody else may have taken it over meanwhile; what is moved away is looked at once more.
  const aside = `${path}-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, 'utf8') !== found) linkSync(aside, path);
  rmSync(aside);
}

function describe(): Holder {
  const born = bornOf(process.pid);
  return { pid: process.pid, host: hostname(), ...(born === undefined ? {} : { born }), since: new Date().toISOString() };
}

function isAlive({ pid, host, born }: Holder): boolean {
  // What runs on another machine cannot be seen from here.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = bornOf(pid);
  return born === undefined || now === undefined || born === now;
}

/** Field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before it may have spaces and brackets. */
function bornOf(pid: number): string | undefined {
  const stat = readIfAny(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function readIfAny(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Nothing for one that was being written when its process was killed. */
function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder>;
    return typeof holder.pid === 'number' && typeof holder.host === 'string' ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function locked(path: string, { pid, host, since }: Holder): TsflaskError {
  return new TsflaskError({
    code: 'LOCKED',
    problem: `Process ${pid} on ${host} has been writing this project since ${since}.`,
    fix: `Wait for it. If there is no such process, remove ${path}.`,
  });
}
