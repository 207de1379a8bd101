import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { throwFaults, TsflaskError } from '../error.ts';
import type { FileStep } from './apply.ts';
import type { Journal, JournalFolder, JournalStep } from './journal.ts';
import { checkInside, digestOf, fold, foldersAbove, stateOf, statsOf } from './path-state.ts';

/**
 * Looks at the disk and writes down what a run does to it.
 * @param steps - removals first
 * @throws {@link TsflaskError} `CHANGED_MEANWHILE`, `PATH_UNSAFE`, `TARGET_NOT_A_FILE`
 */
export function describeRun(steps: readonly FileStep[], project: string, whenDone: Journal['whenDone']): Journal {
  const removed = new Set(steps.filter(({ kind }) => kind === 'remove').map(({ path }) => path));
  const paths = steps.map(({ path }) => path).filter((path) => !isBelow(path, removed));
  checkInside(project, paths);
  const found = new Map(paths.map((path) => [path, stateOf(join(project, path))]));
  checkUnchanged(steps, found);
  checkFiles(steps, found, project);
  const written = steps.filter(({ kind }) => kind !== 'remove').map(({ path }) => path);
  return {
    version: 1,
    steps: steps.map((step) => journalStep(step, stateBefore(step, found, { project, removed }))),
    made: made(written, removed, project),
    emptied: [...above(removed, written, project), ...written.flatMap((path) => foldersAt(path, project))].toSorted(byPath),
    whenDone,
  };
}

/** The folders of these that are there, with their bits. */
export function withModes(paths: readonly string[], project: string): JournalFolder[] {
  return paths.flatMap((path) => {
    const stats = statsOf(join(project, path));
    return stats?.isDirectory() === true ? [{ path, mode: stats.mode & 0o7777 }] : [];
  });
}

interface Removals {
  readonly project: string;
  readonly removed: ReadonlySet<string>;
}

function journalStep(step: FileStep, before: string): JournalStep {
  const { kind = 'write', path } = step;
  return { kind, path, before, after: step.kind === 'remove' ? 'absent' : digestOf(step.content) };
}

/** What a step finds: removals are done by then. */
function stateBefore({ kind, path }: FileStep, found: ReadonlyMap<string, string>, { project, removed }: Removals): string {
  const state = found.get(path) ?? 'absent';
  if (kind === 'remove') return state;
  const isSame = (old: string): boolean =>
    old !== path && fold(old) === fold(path) && isSameFile(join(project, old), join(project, path));
  return state === 'folder' || removed.has(path) || [...removed].some(isSame) ? 'absent' : state;
}

/** Two names of one file, where case does not count. */
function isSameFile(a: string, b: string): boolean {
  const [first, second] = [statsOf(a), statsOf(b)];
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  return foldersAbove(path).some((folder) => folders.has(folder));
}

function checkUnchanged(steps: readonly FileStep[], found: ReadonlyMap<string, string>): void {
  const stateAt = (path: string): string => (found.get(path) ?? 'absent').replace('folder', 'absent');
  const changed = steps.filter(({ path, expected }) => expected !== undefined && stateAt(path) !== expected);
  if (changed.length === 0) return;
  throw new TsflaskError({
    code: 'CHANGED_MEANWHILE',
    problem: `Changed since this run looked at it: ${changed.map(({ path }) => path).join(', ')}.`,
    fix: 'Nothing was written. Run it again.',
  });
}

/** A folder to be written over goes if it gets empty; what else is no file is somebody's. */
function checkFiles(steps: readonly FileStep[], found: ReadonlyMap<string, string>, project: string): void {
  const wrong = steps.filter(({ kind, path }) => {
    const state = found.get(path);
    return state === 'special' || (state === 'folder' && kind === 'remove');
  });
  throwFaults(
    wrong.map(({ path }) => ({
      code: 'TARGET_NOT_A_FILE',
      problem: `${join(project, path)} is in the way: it is no file.`,
      fix: 'Move it away.',
    })),
  );
}

/** Folders that are to be made, by their very names: where case does not count, another spelling may be there. */
function made(written: readonly string[], removed: ReadonlySet<string>, project: string): JournalFolder[] {
  const lists = new Map<string, ReadonlySet<string>>();
  const isThere = (path: string): boolean => {
    const parent = dirname(path);
    if (!lists.has(parent)) lists.set(parent, namesIn(join(project, parent)));
    return lists.get(parent)!.has(basename(path));
  };
  const isMade = (path: string): boolean => removed.has(path) || isBelow(path, removed) || !isThere(path);
  return [...new Set(written.flatMap(foldersAbove))]
    .filter(isMade)
    .toSorted()
    .map((path) => ({ path }));
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}

/** Folders that removals may leave empty, and nothing is written to. */
function above(removed: ReadonlySet<string>, written: readonly string[], project: string): JournalFolder[] {
  const used = new Set(written.flatMap(foldersAbove));
  const folders = new Set([...removed].flatMap(foldersAbove).filter((folder) => !used.has(folder)));
  return withModes([...folders], project);
}

/** A folder where a file is to be, with all in it. */
function foldersAt(path: string, project: string): JournalFolder[] {
  const full = join(project, path);
  if (statsOf(full)?.isDirectory() !== true) return [];
  const inside = readdirSync(full, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [full, ...inside.map((entry) => join(entry.parentPath, entry.name))].map((folder) => ({
    path: relative(project, folder).replaceAll(sep, '/'),
    mode: lstatSync(folder).mode & 0o7777,
  }));
}

function byPath(a: JournalFolder, b: JournalFolder): number {
  return a.path < b.path ? -1 : 1;
}
