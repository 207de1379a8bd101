import type { Flag } from './parse-flags.ts';
import type { Style } from '../report/style.ts';
import { wrapText } from '../report/wrap.ts';

/**
 * A row a flag, aligned; what it means goes below it where it does not fit beside.
 * @param width - of the terminal, in columns
 */
export function formatFlags(flags: readonly Flag[], style: Style, width: number): string {
  const rows = flags.map(
    ({ name, short, type, value = 'TEXT', help }) =>
      [`--${name}${short === undefined ? '' : `, -${short}`}${type === 'switch' ? '' : ` ${value}`}`, help] as const,
  );
  const column = Math.max(...rows.map(([flag]) => flag.length));
  const isNarrow = column + 44 > width;
  return rows
    .map(([flag, help]) => {
      const indent = isNarrow ? 6 : column + 4;
      const text = wrapText(help, { width: Math.max(width - indent, 20) }).replaceAll('\n', `\n${' '.repeat(indent)}`);
      return `  ${style('cyan', isNarrow ? flag : flag.padEnd(column))}${isNarrow ? '\n      ' : '  '}${text}`;
    })
    .join('\n');
}
