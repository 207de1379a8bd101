import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { throwFaults, type Fault } from '../error.ts';
import { foldersAbove, statsOf } from './path-state.ts';

interface Step {
  readonly kind: 'write' | 'remove';
  readonly path: string;
}

/**
 * Makes sure that nothing of the user's stands where files are to be written: no file in place of a folder, and no folder in place of
 * a file, but for what the same steps take away.
 * @throws {@link TsflaskError} `TARGET_NOT_A_FILE` for each that does
 */
export function checkRoom(project: string, steps: readonly Step[]): void {
  const removed = new Set(steps.filter(({ kind }) => kind === 'remove').map(({ path }) => path));
  const faults = steps.flatMap(({ kind, path }) =>
    kind === 'write' ? [...fileAbove(project, path, removed), ...filesBelow(project, path, removed)] : [],
  );
  throwFaults(faults);
}

function fileAbove(project: string, path: string, removed: ReadonlySet<string>): Fault[] {
  const own = foldersAbove(path).find((folder) => statsOf(join(project, folder))?.isFile() === true && !removed.has(folder));
  return own === undefined ? [] : [inTheWay(project, own, path)];
}

function filesBelow(project: string, path: string, removed: ReadonlySet<string>): Fault[] {
  const full = join(project, path);
  if (statsOf(full)?.isDirectory() !== true) return [];
  const inside = readdirSync(full, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const own = inside
    .map((entry) => relative(project, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .find((file) => !removed.has(file));
  return own === undefined ? [] : [inTheWay(project, own, path)];
}

function inTheWay(project: string, own: string, path: string): Fault {
  return {
    code: 'TARGET_NOT_A_FILE',
    problem: `${join(project, own)} is in the way: ${join(project, path)} is to be written.`,
    fix: 'Move it away.',
  };
}
