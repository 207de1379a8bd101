import { count } from './count.ts';
import type { Style } from './style.ts';
import { wrapWords } from './wrap.ts';

// A small terminal has 24 lines, and half of them are for what comes below the folders.
const maxFolders = 10;

/**
 * Lists files folder by folder, the names of one folder in one paragraph.
 * @param paths - sorted, with `/`
 * @param width - of the terminal, in columns
 */
export function formatFileList(paths: readonly string[], width: number, style: Style): string {
  const folders = groupBy(paths, (path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  const column = Math.max(...folders.map(([folder]) => folder.length)) + 4;
  // Where the folders would take most of a narrow terminal, each has a line of its own.
  const isNarrow = column > width / 2;
  const indent = ' '.repeat(isNarrow ? 4 : column);
  return folders
    .map(([folder, group]) => {
      const names = group.map((path) => path.slice(folder === '' ? 0 : folder.length + 1));
      const list = wrapWords(names, { width: Math.max(width - indent.length, 1) });
      const label = style('dim', `  ${folder === '' ? '.' : folder}`.padEnd(isNarrow ? 0 : column));
      return `${label}${isNarrow ? `\n${indent}` : ''}${list.replaceAll('\n', `\n${indent}`)}`;
    })
    .join('\n');
}

/** How many files each folder at the top has, in so few lines that what follows stays on the screen. */
export function formatFolders(paths: readonly string[], style: Style): string {
  const folders = groupBy(paths, (path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : ''));
  const rows = folders.map(([folder, group]) => [folder === '' ? '.' : folder, group.length] as const);
  const shown = rows.length > maxFolders ? rows.slice(0, maxFolders - 1) : rows;
  const hidden = rows.slice(shown.length).reduce((sum, [, number]) => sum + number, 0);
  const all = hidden === 0 ? shown : [...shown, [`… ${count(rows.length - shown.length, 'folder')} more`, hidden] as const];
  const width = Math.max(...all.map(([label]) => label.length));
  return all.map(([label, number]) => `  ${style('dim', label.padEnd(width))}  ${count(number, 'file').padStart(9)}`).join('\n');
}

function groupBy(paths: readonly string[], keyOf: (path: string) => string): (readonly [string, readonly string[]])[] {
  return Array.from(Map.groupBy(paths, keyOf)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
