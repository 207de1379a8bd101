import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What tsflask keeps in a project for itself and nobody commits: the lock, an unfinished run, and the last update for `--undo`. */
export interface LocalFolder {
  readonly root: string;
  readonly lock: string;
  readonly pending: string;
  readonly undo: string;
}

/** Where it is; it may not be there. */
export function localFolder(project: string): LocalFolder {
  const root = join(project, '.tsflask', 'local');
  return { root, lock: join(root, 'lock'), pending: join(root, 'pending'), undo: join(root, 'undo') };
}

/** Makes it, hidden from git. */
export function makeLocalFolder(project: string): LocalFolder {
  const folder = localFolder(project);
  mkdirSync(folder.root, { recursive: true });
  writeFileSync(join(folder.root, '.gitignore'), '*\n');
  return folder;
}

/** Takes it away where nothing is left in it. */
export function removeIfEmpty({ root }: LocalFolder): void {
  if (readdirSync(root).some((name) => name !== '.gitignore')) return;
  rmSync(root, { recursive: true, force: true });
  try {
    rmdirSync(dirname(root));
  } catch {
    // It has the project's records.
  }
}
