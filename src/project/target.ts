import { accessSync, constants, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { reasonOf, TsflaskError } from '../error.ts';

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
  if (!existsSync(existing) || !statSync(existing).isDirectory()) {
    throw new TsflaskError({
      code: 'TARGET_NOT_A_FOLDER',
      problem: `${existing} is not a folder.`,
      fix: 'Give another name or folder.',
    });
  }
  if (existing !== folder) return { folder, exists: false, entries: [] };
  return { folder, exists: true, entries: readdirSync(folder).filter((name) => name !== '.git') };
}

/**
 * Makes sure that a folder may be written, for those who write file by file and would stop midway.
 * @throws {@link TsflaskError} `WRITE_FAILED`
 */
export function checkWritable({ folder }: Target): void {
  try {
    accessSync(nearestExisting(folder), constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new TsflaskError(
      {
        code: 'WRITE_FAILED',
        problem: `${folder} cannot be written: ${reasonOf(cause)}.`,
        fix: 'Give another folder, or allow it; yo as root writes as another user.',
      },
      { cause },
    );
  }
}

/** The path itself or the nearest folder above it; a link that leads nowhere exists, too. */
function nearestExisting(path: string): string {
  try {
    lstatSync(path);
    return path;
  } catch {
    return nearestExisting(dirname(path));
  }
}
