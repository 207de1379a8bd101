import type { DueDate } from '../answers/platform-dates.ts';
import type { Plan } from '../plan/plan.ts';
import type { Recovery } from '../project/recover.ts';
import type { Change } from '../update/judge.ts';
import { count } from './count.ts';
import { formatParagraphs, listPaths, type Shape } from './paragraphs.ts';

/** How a project stands to what it was emitted as, to what would be emitted today, and to the calendar. */
export interface Checkup {
  /** Absolute. */
  readonly project: string;
  readonly plan: Plan;
  readonly warnings: readonly string[];
  /** An unfinished run that was found, and what became of it. */
  readonly recovery?: Recovery;
  readonly fromVersion: string;
  readonly toVersion: string;
  /** What an update would do. */
  readonly behind: readonly Change[];
  /** Edited by the user, and still emitted. */
  readonly edited: readonly string[];
  readonly deleted: readonly string[];
  /** With conflicts of an update still marked. */
  readonly unresolved: readonly string[];
  /** Platforms that the project's answers name, whose end has come or is near. */
  readonly dates: readonly DueDate[];
  readonly isClean: boolean;
}

/** A paragraph for each thing that is not as it should be; a line where all is. */
export function formatCheck(checkup: Checkup, shape: Shape): string {
  const { style } = shape;
  const { behind, edited, deleted, unresolved, dates, warnings, recovery, fromVersion, toVersion } = checkup;
  const versions = fromVersion === toVersion ? '' : ` (it is of ${fromVersion}, this is ${toVersion})`;
  const paragraphs = [
    ...(recovery === undefined ? [] : [recovery.message]),
    ...warnings,
    ...listPaths(
      `An update would change ${count(behind.length, 'file')}${versions}; \`tsflask diff\` shows how`,
      behind.map(({ path }) => path),
    ),
    ...listPaths('With conflicts that are still marked', unresolved),
    ...listPaths('Edited by you', edited),
    ...listPaths('Deleted by you', deleted),
    ...dates.map(({ event, date, isPast, source }) => `${event} ${isPast ? 'since' : 'from'} ${date} on: ${source}`),
  ];
  const name = String(checkup.plan.answers['name']);
  const head = checkup.isClean
    ? `${style('green', '✔')} ${name} is as tsflask ${toVersion} emits it${edited.length + deleted.length > 0 ? ', but for your edits' : ''}.`
    : `${style('red', '✖')} ${name} is not as tsflask ${toVersion} emits it.`;
  return `${formatParagraphs(paragraphs, shape)}${head}\n`;
}

/** The same for programs. */
export function formatJsonCheck(checkup: Checkup): string {
  const { project, isClean, fromVersion, toVersion, edited, deleted, unresolved, dates, warnings, recovery } = checkup;
  const behind = checkup.behind.map(({ path, from, fate }) => ({ path, from, fate }));
  const report = { project, isClean, fromVersion, toVersion, behind, edited, deleted, unresolved, dates, warnings, recovery };
  return `${JSON.stringify(report, null, 2)}\n`;
}
