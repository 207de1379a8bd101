import type { Fault } from '../error.ts';

// Names that Windows keeps for devices, whatever their extension: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

// npm takes these for its own when it packs a folder; they are stored with `_` for the dot.
const packed = /(^|\/)_(gitignore|npmrc|npmignore)$/;

/**
 * Says why a path may not be written in a project, as the end of a sentence; `undefined` when it may.
 * A project's own `.git` and `.tsflask` belong to git and to the manifest.
 */
export function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\\')) return 'has a backslash';
  if (/^(\/|[a-zA-Z]:)/.test(path)) return 'is absolute';
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001f<>:"|?*]/.test(path)) return 'has a character that some file system refuses';
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return `has the segment "${segment}"`;
    if (/[. ]$/.test(segment)) return `has a segment that ends in a ${segment.endsWith('.') ? 'dot' : 'space'}`;
    if (device.test(segment)) return `has the device name "${segment}"`;
  }
  if (/^\.git(\/|$)/i.test(path)) return 'lies in .git';
  if (/^\.tsflask\/(manifest|base)\.json$/i.test(path)) return 'is kept by the generator';
  return undefined;
}

/** `PATH_UNSAFE` for a path that may not be written. */
export function unsafePath(path: string, where: string): Fault[] {
  const problem = pathProblem(path);
  return problem === undefined
    ? []
    : [{ code: 'PATH_UNSAFE', problem: `${where}: the path "${path}" ${problem}.`, fix: 'Rename the file.' }];
}

/** Where a template goes, and how. */
export interface Target {
  readonly path: string;
  readonly isRendered: boolean;
  /** Id of the list question in `[brackets]`: the file is emitted once per value, which stands in place of the brackets. */
  readonly each?: string;
}

/** Reads a template's path in `files/`. */
export function parseTarget(templatePath: string): Target {
  const isRendered = templatePath.endsWith('.mustache');
  const path = (isRendered ? templatePath.slice(0, -'.mustache'.length) : templatePath).replace(packed, '$1.$2');
  const each = /\[([a-zA-Z0-9]+)\]/.exec(path)?.[1];
  return { path, isRendered, ...(each === undefined ? {} : { each }) };
}
