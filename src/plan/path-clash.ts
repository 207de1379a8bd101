import type { Fault } from '../error.ts';

/** `PATH_CLASH` for paths that cannot be written together: equal but for case, or one a folder in the other. */
export function clashFaults(paths: readonly string[]): Fault[] {
  const folded = new Map(paths.map((path) => [path.toLowerCase(), path]));
  return paths.flatMap((path) => {
    const lower = path.toLowerCase();
    const twin = folded.get(lower) === path ? undefined : folded.get(lower);
    const parent = ancestors(lower)
      .map((ancestor) => folded.get(ancestor))
      .find((found) => found !== undefined);
    const other = twin ?? parent;
    if (other === undefined) return [];
    return [
      { code: 'PATH_CLASH', problem: `"${path}" and "${other}" cannot both be written.`, fix: 'Rename one of the templates.' },
    ];
  });
}

/** `PATH_CLASH` for two templates of one overlay: which of them would win is for no file system to say. */
export function twinFault(where: string, twin: string, path: string): Fault {
  return {
    code: 'PATH_CLASH',
    problem: `${where}: "${twin}" of the same overlay is "${path}" in the project, too.`,
    fix: 'Rename one of the templates.',
  };
}

function ancestors(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
