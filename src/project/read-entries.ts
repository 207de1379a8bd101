import { lstatSync, readFileSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { TsflaskError } from '../error.ts';
import type { DiskEntry } from '../update/entry.ts';

/**
 * Reads what stands at the paths of a project; a link is looked at, never followed.
 * @param paths - relative to the project, with `/`
 * @throws {@link TsflaskError} `PATH_UNSAFE` where a folder above a file is a link that leads out of the project
 */
export function readEntries(project: string, paths: Iterable<string>): Map<string, DiskEntry> {
  const entries = new Map<string, DiskEntry>();
  const root = realpathSync(project);
  const isSafe = new Map<string, boolean>();
  for (const path of paths) {
    const full = join(root, path);
    const stats = statsOf(full);
    if (stats === undefined || stats.isDirectory()) continue;
    const folder = dirname(full);
    if (!isSafe.has(folder)) isSafe.set(folder, isWithin(realpathSync(folder), root));
    if (!isSafe.get(folder)) throw leadsOut(folder, realpathSync(folder));
    entries.set(path, readEntry(full, stats));
  }
  return entries;
}

function readEntry(full: string, stats: Stats): DiskEntry {
  if (stats.isSymbolicLink()) return { kind: 'link', target: readlinkSync(full) };
  return { kind: 'file', content: readFileSync(full), mode: stats.mode & 0o7777 };
}

function statsOf(full: string): Stats | undefined {
  try {
    return lstatSync(full, { throwIfNoEntry: false });
  } catch (error) {
    // A part of the path is a file, so there is nothing below it.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function isWithin(real: string, root: string): boolean {
  return real === root || real.startsWith(root + sep);
}

function leadsOut(folder: string, real: string): TsflaskError {
  return new TsflaskError({
    code: 'PATH_UNSAFE',
    problem: `${folder} leads to ${real}, out of the project.`,
    fix: 'Remove the link.',
  });
}
