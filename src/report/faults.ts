import type { Fault } from '../error.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap.ts';

/** Each fault with a sign in front, and below it what to type instead. */
export function formatFaults(
  faults: readonly Fault[],
  sign: '✖' | '!',
  { width, style }: { readonly width: number; readonly style: Style },
): string {
  return faults
    .map(({ problem, fix }) => {
      const head = wrapText(`${sign} ${problem}`, { width, indent: '  ' });
      const colour = sign === '✖' ? 'red' : 'yellow';
      return `${head.replace(sign, () => style(colour, sign))}\n${wrapText(`  ${fix}`, { width, indent: '  ' })}\n`;
    })
    .join('');
}
