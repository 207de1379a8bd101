import { readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkInside, statsOf } from './path-state.ts';

/** What tsflask keeps in a project for itself and nobody commits: the lock, an unfinished run, and the last update for `--undo`. */
export interface LocalFolder {
  readonly root: string;
  readonly lock: string;
  /** Kept while a lock that nobody holds is taken away. */
  readonly takeover: string;
  readonly pending: string;
  readonly undo: string;
  /** What is being deleted. */
  readonly waste: string;
}

const own = '.tsflask/local';

/** Where it is; it may not be there. */
export function localFolder(project: string): LocalFolder {
  const root = join(project, own);
  const at = (name: string): string => join(root, name);
  return { root, lock: at('lock'), takeover: at('takeover'), pending: at('pending'), undo: at('undo'), waste: at('waste') };
}

/** @throws {@link TsflaskError} `PATH_UNSAFE` where it is a link that leads out of the project */
export function checkLocalFolder(project: string): void {
  checkInside(project, [`${own}/lock`]);
}

/** Hides it from git; for whoever holds the lock. */
export function hideFromGit({ root }: LocalFolder): void {
  const path = join(root, '.gitignore');
  if (statsOf(path) === undefined) writeFileSync(path, '*\n');
}

/** Names in it that a run which was killed left. */
export function tracesIn({ root }: Pick<LocalFolder, 'root'>): string[] {
  return statsOf(root) === undefined ? [] : readdirSync(root).filter((name) => !/^(\.gitignore|undo|left-\d+)$/.test(name));
}

/** Deletes one of its folders; whoever finds a rest finds it as `waste`. */
export function discard(path: string, { waste }: LocalFolder): void {
  rmSync(waste, { recursive: true, force: true });
  if (statsOf(path) === undefined) return;
  renameSync(path, waste);
  rmSync(waste, { recursive: true, force: true });
}

/** Takes the lock away, and the folder where nothing else is in it. Somebody may be about to take the lock next. */
export function removeLock(folder: LocalFolder): void {
  if (isLast(folder)) rmSync(join(folder.root, '.gitignore'), { force: true });
  rmSync(folder.lock, { force: true });
  removeIfEmpty(folder);
}

/** Takes the folder away where nothing is in it: no undo, no records, and nobody's lock. */
export function removeIfEmpty({ root }: LocalFolder): void {
  try {
    rmdirSync(root);
    rmdirSync(dirname(root));
  } catch {
    // There is.
  }
}

function isLast({ root }: LocalFolder): boolean {
  try {
    return readdirSync(root).every((name) => name === '.gitignore' || name === 'lock');
  } catch {
    return false;
  }
}
