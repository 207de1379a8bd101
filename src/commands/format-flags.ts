import type { Flag } from './parse-flags.ts';
import type { Style } from '../report/style.ts';

/** One row a flag, aligned. */
export function formatFlags(flags: readonly Flag[], style: Style): string {
  const rows = flags.map(
    ({ name, type, value = 'TEXT', help }) => [`--${name}${type === 'switch' ? '' : ` ${value}`}`, help] as const,
  );
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return rows.map(([flag, help]) => `  ${style('cyan', flag.padEnd(width))}  ${help}`).join('\n');
}
