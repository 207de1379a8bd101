import { copyFileSync, linkSync, mkdirSync, readlinkSync, renameSync, rmdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { placesOf, stateOf, statsOf, syncFolder, type Journal, type JournalStep } from './journal.ts';

/** Where a run happens: the project, and the folder with its journal, its new files and the old ones. */
export interface Place {
  readonly project: string;
  readonly folder: string;
}

/**
 * Does every step that is not done. Each file is replaced by one rename, so it is never missing and never half; what was there
 * is kept.
 */
export function carryOut({ steps }: Journal, { project, folder }: Place): void {
  mkdirSync(join(folder, 'kept'), { recursive: true });
  for (const [index, step] of steps.entries()) {
    const full = join(project, step.path);
    const { next, kept } = placesOf(folder, index);
    if (step.kind === 'remove') removeFile(full, kept, project);
    else if (statsOf(next) !== undefined) {
      mkdirSync(dirname(full), { recursive: true });
      keep(full, kept);
      renameSync(next, full);
    }
  }
  for (const touched of new Set(steps.map(({ path }) => dirname(join(project, path))))) syncFolder(touched);
}

/**
 * Takes back every step that is done. A file that somebody changed since stays as it is.
 * @returns paths of those, whose old texts stay in `kept`
 */
export function takeBack({ steps, made }: Journal, { project, folder }: Place): string[] {
  const left: string[] = [];
  for (const [index, step] of Array.from(steps.entries()).toReversed()) {
    const { next, kept } = placesOf(folder, index);
    const isDone = step.kind === 'remove' ? statsOf(kept) !== undefined : statsOf(next) === undefined;
    if (isDone && !restore(step, join(project, step.path), kept)) left.push(step.path);
  }
  for (const path of made.toReversed()) removeFolder(join(project, path));
  return left;
}

/** Not yet done steps whose file is no longer what it was. */
export function changedSince({ steps }: Journal, { project, folder }: Place): string[] {
  return Array.from(steps.entries()).flatMap(([index, { kind, path, before }]) => {
    const { next, kept } = placesOf(folder, index);
    const isDone = kind === 'remove' ? statsOf(kept) !== undefined : statsOf(next) === undefined;
    return isDone || stateOf(join(project, path)) === before ? [] : [path];
  });
}

function restore({ before, after }: JournalStep, full: string, kept: string): boolean {
  const state = stateOf(full);
  const isKept = statsOf(kept) !== undefined;
  // An earlier attempt put it back.
  if (!isKept && state === before) return true;
  if (state !== after) return false;
  if (before === 'absent') rmSync(full, { force: true });
  else {
    mkdirSync(dirname(full), { recursive: true });
    renameSync(kept, full);
  }
  return true;
}

function removeFile(full: string, kept: string, project: string): void {
  if (statsOf(full) === undefined || statsOf(kept) !== undefined) return;
  renameSync(full, kept);
  for (let folder = dirname(full); folder !== project && removeFolder(folder); folder = dirname(folder));
}

/** Keeps what stands at a path without taking it away: a second name of the same file, or a copy where there can be none. */
function keep(full: string, kept: string): void {
  const stats = statsOf(full);
  if (stats === undefined || statsOf(kept) !== undefined) return;
  if (stats.isDirectory()) {
    rmdirSync(full);
    return;
  }
  if (stats.isSymbolicLink()) {
    symlinkSync(readlinkSync(full), kept);
    return;
  }
  try {
    linkSync(full, kept);
  } catch {
    copyFileSync(full, `${kept}.new`);
    utimesSync(`${kept}.new`, stats.atime, stats.mtime);
    renameSync(`${kept}.new`, kept);
  }
}

/** @returns false for one that is not empty, or is no folder of its own */
function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
