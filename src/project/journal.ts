import { hash } from 'node:crypto';
import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One file of a run. Paths are relative to the project, so that it may be moved between a crash and the recovery. */
export interface JournalStep {
  readonly kind: 'write' | 'remove';
  readonly path: string;
  /** {@link stateOf} the path before and after. */
  readonly before: string;
  readonly after: string;
}

/** What a run does, written down before its first step, so that another process can finish it or take it back. */
export interface Journal {
  /** `back` once it is being taken back. */
  readonly direction: 'on' | 'back';
  readonly steps: readonly JournalStep[];
  /** Folders that the run makes, outermost first. */
  readonly made: readonly string[];
  /** Whether it stays for `--undo`. */
  readonly isKept: boolean;
}

/** What stands at a path: the sha256 of a file, that of `link:` and the target of a link, `folder`, or `absent`. */
export function stateOf(full: string): string {
  const stats = statsOf(full);
  if (stats === undefined) return 'absent';
  if (stats.isSymbolicLink()) return hash('sha256', `link:${readlinkSync(full)}`);
  return stats.isFile() ? hash('sha256', readFileSync(full)) : 'folder';
}

export function statsOf(full: string): ReturnType<typeof lstatSync> | undefined {
  try {
    return lstatSync(full, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Where the new text of a step waits, and where the old one is kept. */
export function placesOf(folder: string, index: number): { readonly next: string; readonly kept: string } {
  return { next: join(folder, 'next', String(index)), kept: join(folder, 'kept', String(index)) };
}

/** Writes the journal so that it is there whole or not at all, and survives the machine. */
export function writeJournal(folder: string, journal: Journal): void {
  const path = journalPath(folder);
  writeFileSync(`${path}.new`, JSON.stringify(journal), { flush: true });
  renameSync(`${path}.new`, path);
  syncFolder(folder);
}

/** @returns nothing where the run was ended before it changed anything */
export function readJournal(folder: string): Journal | undefined {
  return statsOf(journalPath(folder)) === undefined
    ? undefined
    : (JSON.parse(readFileSync(journalPath(folder), 'utf8')) as Journal);
}

/** Has the system write a folder's list of names to the disk; some systems offer no such thing. */
export function syncFolder(folder: string): void {
  let handle: number | undefined;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch {
    // Windows refuses, and so do some network file systems.
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Folders above a path that are not there, outermost first. */
export function missingFolders(project: string, path: string): string[] {
  const above = dirname(path);
  if (above === '.') return [];
  const outer = missingFolders(project, above);
  return statsOf(join(project, above)) === undefined ? [...outer, above] : outer;
}

function journalPath(folder: string): string {
  return join(folder, 'journal.json');
}
