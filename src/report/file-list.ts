import type { Style } from './style.ts';

/**
 * Lists files folder by folder, the names of one folder in one paragraph.
 * @param paths - sorted, with `/`
 * @param width - of the terminal, in columns
 */
export function formatFileList(paths: readonly string[], width: number, style: Style): string {
  const folders = Map.groupBy(paths, (path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  const indent = Math.max(...Array.from(folders.keys(), (folder) => folder.length)) + 4;
  const rows = Array.from(folders).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return rows
    .map(([folder, group]) => {
      const lines = wrap(
        group.map((path) => path.slice(folder === '' ? 0 : folder.length + 1)),
        width - indent,
      );
      const label = style('dim', `  ${folder === '' ? '.' : folder}`.padEnd(indent));
      return label + lines.join(`\n${' '.repeat(indent)}`);
    })
    .join('\n');
}

function wrap(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
