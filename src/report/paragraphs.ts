import type { Style } from './style.ts';
import { wrapText } from './wrap.ts';

/** How wide a text may be, and whether it has colours. */
export interface Shape {
  /** Of the terminal, in columns. */
  readonly width: number;
  readonly style: Style;
}

/** A paragraph for each thing that somebody should look at, with a sign in front, each ended by a newline. */
export function formatParagraphs(texts: readonly string[], { width, style }: Shape): string {
  return texts
    .map((text) => wrapText(`! ${text}`, { width, indent: '  ' }).replace('!', () => style('yellow', '!')))
    .map((text) => `${text}\n`)
    .join('');
}

/** A sentence that lists paths; none where there are none. */
export function listPaths(title: string, paths: readonly string[]): string[] {
  return paths.length === 0 ? [] : [`${title}: ${paths.join(', ')}`];
}
