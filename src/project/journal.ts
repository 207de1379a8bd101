import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TsflaskError } from '../error.ts';
import { statsOf } from './path-state.ts';

/** One file of a run. Paths are relative to the project, so that it may be moved between a crash and the recovery. */
export interface JournalStep {
  readonly kind: 'write' | 'remove';
  readonly path: string;
  /** What `stateOf` finds at the path before and after. */
  readonly before: string;
  readonly after: string;
}

/** A folder, with its permission bits where it is to get those that it had. */
export interface JournalFolder {
  readonly path: string;
  readonly mode?: number;
}

/** What a run does, written down before its first step, so that another process can finish it or take it back. */
export interface Journal {
  readonly version: 1;
  /** Removals first. */
  readonly steps: readonly JournalStep[];
  /** Folders that the run makes, outermost first. */
  readonly made: readonly JournalFolder[];
  /** Folders that it takes away where nothing is left in them, outermost first. */
  readonly emptied: readonly JournalFolder[];
  /** What becomes of it and of the old files: nothing; they stay for `--undo`; or this run was the undoing. */
  readonly whenDone: 'forget' | 'keep' | 'drop-undo';
}

/** `back` once a run is being taken back. */
export type Direction = 'on' | 'back';

/** Which way a run goes is in the name, because a rename works on a full disk, too. */
const names: Readonly<Record<Direction, string>> = { on: 'journal.json', back: 'back.json' };

/** Where the new file of a step waits, until it is done, and where the old one is kept. */
export function placesOf(folder: string, index: number): { readonly next: string; readonly kept: string } {
  return { next: join(folder, 'next', String(index)), kept: join(folder, 'kept', String(index)) };
}

/** Writes the journal so that it is there whole or not at all, and survives the machine. */
export function writeJournal(folder: string, journal: Journal): void {
  const path = join(folder, names.on);
  writeFileSync(`${path}.new`, JSON.stringify(journal), { flush: true });
  renameSync(`${path}.new`, path);
  syncFolder(folder);
}

/** Notes that a run is being taken back. */
export function turnBack(folder: string): void {
  if (statsOf(join(folder, names.on)) === undefined) return;
  renameSync(join(folder, names.on), join(folder, names.back));
  syncFolder(folder);
}

/**
 * @returns nothing where the run was ended before it changed anything
 * @throws {@link TsflaskError} `JOURNAL_DAMAGED` for what no run wrote, or a newer version did
 */
export function readJournal(folder: string): { readonly journal: Journal; readonly direction: Direction } | undefined {
  const direction = (['back', 'on'] as const).find((name) => statsOf(join(folder, names[name])) !== undefined);
  if (direction === undefined) return undefined;
  const path = join(folder, names[direction]);
  try {
    const journal = JSON.parse(readFileSync(path, 'utf8')) as Journal;
    if (isSound(journal)) return { journal, direction };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new TsflaskError({
    code: 'JOURNAL_DAMAGED',
    problem: `${path} says what an unfinished run was doing, and cannot be read.`,
    fix: `Take the project's files back from git, or old ones from ${join(folder, 'kept')}; then remove ${folder}.`,
  });
}

/** Has the system write a folder's list of names to the disk; some systems offer no such thing. */
export function syncFolder(folder: string): void {
  try {
    syncFile(folder);
  } catch {
    // Windows refuses, and so do some network file systems.
  }
}

export function syncFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A journal comes with a folder that anybody may have made, and must not lead out of it. */
function isSound({ version, steps, made, emptied }: Journal): boolean {
  const paths = [...steps, ...made, ...emptied].map(({ path }) => path);
  return version === 1 && paths.every((path) => path !== '' && !/^([/\\]|[a-z]:)|(^|[/\\])\.\.?([/\\]|$)/i.test(path));
}
