import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { TsflaskError } from '../error.ts';
import type { Content } from '../plan/overlay.ts';

/** The folder that a project goes into, as it is before anything is written. */
export interface Target {
  /** Absolute. */
  readonly folder: string;
  readonly exists: boolean;
  /** Names of what is in it; a lone `.git` does not count, since a repository is often made first. */
  readonly entries: readonly string[];
}

/**
 * Looks at the folder that a project is to go into.
 * @throws {@link TsflaskError} `TARGET_NOT_A_FOLDER` when it, or what would hold it, is a file
 */
export function inspectTarget(path: string): Target {
  const folder = resolve(path);
  const existing = nearestExisting(folder);
  if (!statSync(existing).isDirectory()) {
    throw new TsflaskError({
      code: 'TARGET_NOT_A_FOLDER',
      problem: `${existing} is a file.`,
      fix: 'Give another name or folder.',
    });
  }
  if (existing !== folder) return { folder, exists: false, entries: [] };
  return { folder, exists: true, entries: readdirSync(folder).filter((name) => name !== '.git') };
}

/**
 * Reads what stands where files are to be written.
 * @throws {@link TsflaskError} `PATH_UNSAFE` where a link leads out of the folder, `TARGET_NOT_A_FILE` where a folder is in the way
 */
export function readCurrent({ folder, exists }: Target, paths: readonly string[]): Map<string, Content> {
  const current = new Map<string, Content>();
  if (!exists) return current;
  const root = realpathSync(folder);
  for (const path of paths) {
    const full = join(folder, path);
    const real = realpathSync(nearestExisting(full));
    if (real !== root && !real.startsWith(root + sep)) {
      throw new TsflaskError({
        code: 'PATH_UNSAFE',
        problem: `${full} leads to ${real}, out of the project.`,
        fix: 'Remove the link.',
      });
    }
    if (!existsSync(full)) continue;
    if (!statSync(full).isFile()) {
      throw new TsflaskError({
        code: 'TARGET_NOT_A_FILE',
        problem: `${full} is in the way: a file is to be written there.`,
        fix: 'Move it away.',
      });
    }
    current.set(path, readFileSync(full));
  }
  return current;
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
