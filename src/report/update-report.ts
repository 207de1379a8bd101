import type { Plan } from '../plan/plan.ts';
import type { Records } from '../project/read-records.ts';
import type { Recovery } from '../project/recover.ts';
import type { Undone } from '../project/undo.ts';
import type { Change, Fate } from '../update/judge.ts';
import type { Resolution, Unsettled } from '../update/settle.ts';
import { count } from './count.ts';
import { formatParagraphs, listPaths, type Shape } from './paragraphs.ts';
import { formatUnsettled } from './unsettled.ts';
import { wrapText, wrapWords } from './wrap.ts';

/** An update on which everything is decided, written or not. */
export interface UpdateSummary {
  /** Absolute. */
  readonly project: string;
  readonly plan: Plan;
  /** As they were before. */
  readonly records: Pick<Records, 'manifest'>;
  readonly toVersion: string;
  readonly isDry: boolean;
  /** What is written, the project's own records included; none where nothing is new. */
  readonly steps: readonly unknown[];
  readonly changes: readonly Change[];
  /** Changes that are left for a later update. */
  readonly skipped: readonly Change[];
  /** Of the conflicts in `changes`, by path. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  /** Those whose marked places the user has to settle. */
  readonly conflicts: readonly Unsettled[];
  readonly warnings: readonly string[];
  /** An unfinished run that was found, and what became of it. */
  readonly recovery?: Recovery;
}

// What a person reads first is what went in; last, what they have to look at.
const groups: readonly (readonly [fate: Fate, title: string, dryTitle: string])[] = [
  ['created', 'New', 'New'],
  ['updated', 'Updated', 'To be updated'],
  ['merged', 'Merged with your edits', 'To be merged with your edits'],
  ['moved', 'Moved with your edits', 'To be moved with your edits'],
  ['removed', 'Removed, since nothing needs them any more', 'To be removed, since nothing needs them any more'],
];

/** What became of every file; of `problems` only what somebody has to look at. */
export function formatUpdate(update: UpdateSummary, extent: 'all' | 'problems', shape: Shape): string {
  const problems = formatProblems(update, shape);
  if (extent === 'problems') return problems;
  const lists = groups.flatMap(([fate, title, dryTitle]) => {
    const paths = update.changes.filter((change) => change.fate === fate).map(nameOf);
    return paths.length === 0 ? [] : [formatGroup(update.isDry ? dryTitle : title, paths, shape)];
  });
  return [...lists.map((list) => `${list}\n`), problems, formatHead(update, shape), formatNext(update, shape)].join('');
}

/** The same for programs: a row for each file that is not as it was emitted and would be. */
export function formatJsonUpdate(update: UpdateSummary): string {
  const { project, isDry, records, toVersion, resolutions, conflicts, warnings, recovery } = update;
  const rows = update.changes.filter(isWorthARow).map((change) => rowOf(change, resolutions.get(change.path)));
  const skipped = update.skipped.filter(isWorthARow).map((change) => rowOf(change, undefined));
  const { generatorVersion: fromVersion } = records.manifest;
  return `${JSON.stringify({ project, isDry, fromVersion, toVersion, changes: rows, conflicts, skipped, warnings, recovery }, null, 2)}\n`;
}

/** What `--undo` took back. */
export function formatUndone({ restored, removed }: Undone, recovery: Recovery | undefined, { width, style }: Shape): string {
  const parts = [
    `${count(restored.length, 'file')} as before`,
    ...(removed.length > 0 ? [`${count(removed.length, 'file')} gone again`] : []),
  ];
  return `${recovery === undefined ? '' : `${wrapText(recovery.message, { width })}\n`}${style('green', '✔')} The last update is undone: ${parts.join(', ')}.\n`;
}

function isWorthARow({ fate }: Change): boolean {
  return fate !== 'unchanged';
}

function rowOf({ path, from, fate, isEdited, notes, conflict }: Change, resolution: Resolution | undefined): object {
  const settled = typeof resolution === 'object' ? 'edit' : resolution;
  const meeting = conflict && { reason: conflict.reason, places: conflict.places, resolution: settled };
  return { path, from, fate, isEdited, notes: notes.length > 0 ? notes : undefined, conflict: meeting };
}

function nameOf({ path, from }: Change): string {
  return from === undefined ? path : `${from} → ${path}`;
}

function formatGroup(title: string, paths: readonly string[], { width, style }: Shape): string {
  const moved = paths.filter((path) => path.includes(' → '));
  const others = paths.filter((path) => !moved.includes(path));
  const words = others.map((path, index) => (index < others.length - 1 ? `${path},` : path));
  const lines = [...(words.length > 0 ? [wrapWords(words, { width: width - 4, indent: '    ' })] : []), ...moved];
  return [`  ${style('dim', `${title} (${paths.length})`)}`, ...lines].join('\n    ');
}

/** A paragraph each, the conflicts last: those are what the user has to do. */
function formatProblems(update: UpdateSummary, shape: Shape): string {
  const { changes, resolutions, conflicts, skipped, warnings, recovery } = update;
  const named = (fate: Fate): string[] => changes.filter((change) => change.fate === fate && change.isNews).map(nameOf);
  const kept = changes.filter(({ path, conflict }) => conflict && resolutions.get(path) === 'keep').map(nameOf);
  const overwritten = changes.filter(({ path, conflict }) => conflict && resolutions.get(path) === 'overwrite').map(nameOf);
  const paragraphs = [
    ...(recovery === undefined ? [] : [recovery.message]),
    ...warnings,
    ...changes.flatMap(({ path, notes }) => notes.map((note) => `${path}: ${note}`)),
    ...listPaths('You deleted, and it stays so (--restore PATH brings it back)', named('deleted')),
    ...listPaths('Edited by you and no longer part of the project, so yours from now on', named('orphaned')),
    ...listPaths('Left for a later update', skipped.filter(({ isNews }) => isNews).map(nameOf)),
    ...listPaths('Kept as you had it, without the news', kept),
    ...listPaths('Overwritten', overwritten),
  ];
  return formatParagraphs(paragraphs, shape) + formatUnsettled(conflicts, shape);
}

function formatHead({ plan, records, toVersion, isDry, steps, changes, conflicts }: UpdateSummary, { style }: Shape): string {
  const name = style('bold', String(plan.answers['name']));
  const { generatorVersion: from } = records.manifest;
  const versions = from === toVersion ? toVersion : `${from} → ${toVersion}`;
  if (steps.length === 0) return `${style('green', '✔')} ${name} is up to date (${toVersion}).\n`;
  const written = changes.filter(({ next, fate }) => next !== undefined || fate === 'removed').length + conflicts.length;
  const what = written === 0 ? 'only its records change' : count(written, 'file');
  if (isDry) return `${name}: ${what} would change (${versions}). Nothing was written.\n`;
  return `${style(conflicts.length > 0 ? 'yellow' : 'green', '✔')} ${name} updated: ${what} (${versions})\n`;
}

function formatNext({ isDry, steps, conflicts, changes }: UpdateSummary, { style }: Shape): string {
  if (isDry || steps.length === 0) return '';
  const isInstallDue = changes.some(({ path, next }) => path === 'package.json' && next !== undefined);
  const commands = [
    ['git diff', conflicts.length > 0 ? 'settle what is marked' : 'read what changed'],
    ...(isInstallDue ? [['make install', 'package.json changed']] : []),
    ['make check', 'see that all of it still holds'],
    ['tsflask update --undo', 'take it all back, while nothing else was edited'],
  ] as const;
  return `Next:\n${commands.map(([command = '', why = '']) => `  ${style('cyan', command.padEnd(21))}  ${style('dim', why)}\n`).join('')}`;
}
