import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { DiskEntry } from '../update/entry.ts';
import { checkInside, statsOf } from './path-state.ts';

/**
 * Reads what stands at the paths of a project; a link is looked at, never followed.
 * @param paths - relative to the project, with `/`
 * @throws {@link TsflaskError} `PATH_UNSAFE` where a folder above a file is a link that leads out of the project
 */
export function readEntries(project: string, paths: Iterable<string>): Map<string, DiskEntry> {
  const found = Array.from(paths).flatMap((path) => {
    const stats = statsOf(join(project, path));
    return stats === undefined || stats.isDirectory() ? [] : [{ path, stats }];
  });
  checkInside(
    project,
    found.map(({ path }) => path),
  );
  return new Map(
    found.map(({ path, stats }): [string, DiskEntry] => {
      const full = join(project, path);
      if (stats.isSymbolicLink()) return [path, { kind: 'link', target: readlinkSync(full) }];
      return [path, { kind: 'file', content: readFileSync(full), mode: stats.mode & 0o7777 }];
    }),
  );
}
