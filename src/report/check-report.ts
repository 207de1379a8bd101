import type { Checkup } from '../commands/check.ts';
import { count } from './count.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap.ts';

/** A paragraph for each thing that is not as it should be; a line where all is. */
export function formatCheck(checkup: Checkup, { width, style }: { readonly width: number; readonly style: Style }): string {
  const { behind, edited, deleted, unresolved, dates, warnings, recovery, fromVersion, toVersion } = checkup;
  const versions = fromVersion === toVersion ? '' : ` (it is of ${fromVersion}, this is ${toVersion})`;
  const paragraphs = [
    ...(recovery === undefined ? [] : [recovery.message]),
    ...warnings,
    ...list(
      `An update would change ${count(behind.length, 'file')}${versions}; \`tsflask diff\` shows how`,
      behind.map(({ path }) => path),
    ),
    ...list('With conflicts that are still marked', unresolved),
    ...list('Edited by you', edited),
    ...list('Deleted by you', deleted),
    ...dates.map(({ event, date, isPast, source }) => `${event} ${isPast ? 'since' : 'from'} ${date} on: ${source}`),
  ].map((text) => wrapText(`! ${text}`, { width, indent: '  ' }).replace('!', () => style('yellow', '!')));
  const name = String(checkup.plan.answers['name']);
  const head = checkup.isClean
    ? `${style('green', '✔')} ${name} is as tsflask ${toVersion} emits it${edited.length + deleted.length > 0 ? ', but for your edits' : ''}.`
    : `${style('red', '✖')} ${name} is not as tsflask ${toVersion} emits it.`;
  return `${[...paragraphs, head].join('\n')}\n`;
}

/** The same for programs. */
export function formatJsonCheck(checkup: Checkup): string {
  const { project, isClean, fromVersion, toVersion, edited, deleted, unresolved, dates, warnings, recovery } = checkup;
  const behind = checkup.behind.map(({ path, from, fate }) => ({ path, from, fate }));
  const report = { project, isClean, fromVersion, toVersion, behind, edited, deleted, unresolved, dates, warnings, recovery };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function list(title: string, paths: readonly string[]): string[] {
  return paths.length === 0 ? [] : [`${title}: ${paths.join(', ')}`];
}
