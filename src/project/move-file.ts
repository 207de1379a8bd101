import { chmodSync, copyFileSync, linkSync, readlinkSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { statsOf } from './path-state.ts';

/** Gives a file a second name, or copies it where there can be none; a link is made anew. The copy is there whole or not at all. */
export function duplicate(from: string, to: string): void {
  const stats = statsOf(from)!;
  if (stats.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  try {
    linkSync(from, to);
  } catch {
    const copy = copyPathOf(to);
    copyFileSync(from, copy);
    utimesSync(copy, stats.atime, stats.mtime);
    setMode(copy, stats.mode & 0o7777);
    renameSync(copy, to);
  }
}

/** Puts a file in the place of another in one step, over the border of a file system, too. */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const copy = copyPathOf(to);
    rmSync(copy, { force: true });
    duplicate(from, copy);
    renameSync(copy, to);
    rmSync(from);
  }
}

/** Sets permission bits where the file system has such a thing. */
export function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    // FAT has none, and some network file systems refuse.
  }
}

/** Beside the place that a copy is for; what a killed run left there is in the way of nobody. */
export function copyPathOf(to: string): string {
  return `${to}.tsflask-new`;
}
