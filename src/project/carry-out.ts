import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TsflaskError } from '../error.ts';
import { placesOf, syncFolder, type Journal, type JournalFolder, type JournalStep } from './journal.ts';
import { copyPathOf, move, setMode } from './move-file.ts';
import { checkInside, fold, stateOf, statsOf } from './path-state.ts';

/** Where a run happens: the project, and the folder with its journal, its new files and the old ones. */
export interface Place {
  readonly project: string;
  readonly folder: string;
}

/**
 * Does every step that is not done, which is each whose file still lies in `next`. A file is replaced by one rename, so it is never
 * missing and never half.
 * @throws {@link TsflaskError} `CHANGED_MEANWHILE` before a file is touched that is not what it was, `PATH_UNSAFE`
 */
export function carryOut(journal: Journal, { project, folder }: Place): void {
  const { steps, made, emptied } = journal;
  const each = [...steps.entries()].filter(([index]) => statsOf(placesOf(folder, index).next) !== undefined);
  for (const [index, step] of each)
    if (step.kind === 'remove') remove(step, join(project, step.path), placesOf(folder, index).next);
  for (const { path } of emptied.toReversed()) removeFolder(join(project, path));
  checkInside(project, pathsOf(journal));
  for (const path of made) makeFolder(project, path);
  for (const [index, step] of each)
    if (step.kind === 'write') write(step, join(project, step.path), placesOf(folder, index).next);
  const touched = [...steps, ...made, ...emptied].map(({ path }) => dirname(join(project, path)));
  for (const path of new Set(touched)) syncFolder(path);
}

/**
 * Takes back every step that is done. A file that somebody changed since stays as it is.
 * @returns indices of those steps; their old files stay in `kept`
 */
export function takeBack(journal: Journal, { project, folder }: Place): number[] {
  const { steps, made, emptied } = journal;
  const left: number[] = [];
  const restoreAll = (kind: JournalStep['kind']): void => {
    for (const [index, step] of [...steps.entries()].toReversed()) {
      const full = join(project, step.path);
      const { next, kept } = placesOf(folder, index);
      const isDone = (): boolean => statsOf(next) === undefined || stateOf(full) === step.after;
      if (step.kind === kind && isDone() && !restore(step, full, kept)) left.push(index);
    }
  };
  checkInside(project, pathsOf(journal));
  restoreAll('write');
  for (const { path } of made.toReversed()) removeFolder(join(project, path));
  for (const path of emptied) makeFolder(project, path);
  restoreAll('remove');
  return left;
}

/**
 * Steps that cannot be finished as they were decided: not done, and the file is neither what it was nor what it is to be; or done, and
 * somebody took the file back.
 */
export function divergedFrom({ steps, emptied }: Journal, { project, folder }: Place): string[] {
  const folders = new Set(emptied.map(({ path }) => path));
  // Where case does not count, a name that was removed and the one that was written are the same.
  const written = new Set(steps.filter(({ kind }) => kind === 'write').map(({ path }) => fold(path)));
  return [...steps.entries()].flatMap(([index, { kind, path, before, after }]) => {
    const state = stateOf(join(project, path));
    const isDone = statsOf(placesOf(folder, index).next) === undefined;
    if (!isDone) return state === before || state === after || (state === 'folder' && folders.has(path)) ? [] : [path];
    const isSameName = kind === 'remove' && written.has(fold(path));
    return state === before && before !== after && !isSameName ? [path] : [];
  });
}

function remove(step: JournalStep, full: string, mark: string): void {
  checkKnown(step, full);
  rmSync(full, { force: true });
  rmSync(mark);
}

function write(step: JournalStep, full: string, next: string): void {
  // A folder is refused by the system, in its words.
  if (statsOf(full)?.isDirectory() !== true) checkKnown(step, full);
  mkdirSync(dirname(full), { recursive: true });
  move(next, full);
}

function checkKnown({ path, before, after }: JournalStep, full: string): void {
  const state = stateOf(full);
  if (state === before || state === after) return;
  throw new TsflaskError({
    code: 'CHANGED_MEANWHILE',
    problem: `${path} changed while it was to be written.`,
    fix: 'Nothing was written. Run it again.',
  });
}

function restore({ before, after }: JournalStep, full: string, kept: string): boolean {
  const state = stateOf(full);
  const isKept = statsOf(kept) !== undefined;
  // An earlier attempt put it back, or the user did; one that differs in its bits alone needs the old file itself.
  if (state === before && (!isKept || before !== after)) return true;
  if (state !== after) return false;
  rmSync(copyPathOf(full), { force: true });
  if (before === 'absent') rmSync(full, { force: true });
  else {
    mkdirSync(dirname(full), { recursive: true });
    move(kept, full);
  }
  return true;
}

function pathsOf({ steps }: Journal): string[] {
  return steps.map(({ path }) => path);
}

/** Leaves one that is not empty, and what is no folder. */
function removeFolder(full: string): void {
  try {
    rmdirSync(full);
  } catch {
    // Somebody has something in it.
  }
}

function makeFolder(project: string, { path, mode }: JournalFolder): void {
  const full = join(project, path);
  if (statsOf(full) === undefined) mkdirSync(full, { recursive: true });
  // A run may have been killed before it gave the folder its bits.
  const stats = statsOf(full)!;
  if (mode !== undefined && stats.isDirectory() && (stats.mode & 0o7777) !== mode) setMode(full, mode);
}
