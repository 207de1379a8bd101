import type { Unsettled } from '../update/settle.ts';
import { count } from './count.ts';
import type { Shape } from './paragraphs.ts';

/** The conflicts that are left for the user, a row each under a title; nothing where there are none. */
export function formatUnsettled(unsettled: readonly Unsettled[], { style }: Pick<Shape, 'style'>): string {
  if (unsettled.length === 0) return '';
  const title = `${style('red', '✖')} ${count(unsettled.length, 'conflict')} for you to settle:`;
  const rows = unsettled.map((each) => `    ${each.path}  ${style('dim', describe(each))}`);
  return `${[title, ...rows].join('\n')}\n`;
}

function describe({ places, reason }: Unsettled): string {
  if (places > 0) return `${count(places, 'place')} between <<<<<<< and >>>>>>>`;
  return reason === 'link' ? 'a link of yours stands there' : 'it is no text; yours is kept';
}
