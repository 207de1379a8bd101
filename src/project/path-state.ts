import { hash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { TsflaskError } from '../error.ts';
import type { Content } from '../plan/overlay.ts';

/**
 * What stands at a path: the sha256 of a file, that of `link:` and the target of a link, `folder`, `special` for what is none of these,
 * or `absent`.
 */
export function stateOf(full: string): string {
  const stats = statsOf(full);
  if (stats === undefined) return 'absent';
  if (stats.isSymbolicLink()) return digestOf(`link:${readlinkSync(full)}`);
  if (stats.isFile()) return digestOf(readFileSync(full));
  return stats.isDirectory() ? 'folder' : 'special';
}

/** The sha256 of a content, as {@link stateOf} gives that of a file. */
export function digestOf(content: Content): string {
  return hash('sha256', content);
}

/** A link is looked at, never followed. @returns nothing where nothing stands */
export function statsOf(full: string): Stats | undefined {
  try {
    return lstatSync(full, { throwIfNoEntry: false });
  } catch (error) {
    // A part of the path is a file, so there is nothing below it.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** A name as file systems see it that do not tell cases and spellings of letters apart. */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Folders above a path, outermost first, without the project's own. */
export function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === '.' ? [] : [...foldersAbove(above), above];
}

/**
 * Makes sure that no folder above these paths leads out of the project.
 * @param paths - relative to the project, with `/`
 * @throws {@link TsflaskError} `PATH_UNSAFE`
 */
export function checkInside(project: string, paths: readonly string[]): void {
  const root = realpathSync(project);
  const folders = new Set(paths.flatMap(foldersAbove));
  for (const folder of folders) {
    const full = join(project, folder);
    if (statsOf(full)?.isSymbolicLink() !== true) continue;
    const real = realpathOf(full);
    if (real !== root && !real.startsWith(root + sep)) {
      throw new TsflaskError({
        code: 'PATH_UNSAFE',
        problem: `${full} leads to ${real}, out of the project.`,
        fix: 'Remove the link.',
      });
    }
  }
}

function realpathOf(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    return 'nowhere';
  }
}
