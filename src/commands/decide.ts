import { Interrupted, TsflaskError } from '../error.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { classify, type Change } from '../project/classify.ts';
import { basePath, manifestPath } from '../project/manifest.ts';
import { readCurrent, type Target } from '../project/target.ts';
import { count } from '../report/count.ts';
import type { Prompts } from './command.ts';

type FileToDecide = Pick<PlannedFile, 'path' | 'content' | 'executable'>;

/** Where the user's own files may be replaced: never unasked. `show` is for a run that writes nothing. */
export type Overwrite = { readonly ask: Prompts } | 'all' | 'never' | 'show';

export interface Decision {
  /** To be written: not those that are there already, letter for letter. */
  readonly files: readonly FileToDecide[];
  /** Paths of planned files that the user's own stand in place of. */
  readonly kept: readonly string[];
  /** Paths of the user's files that are, or on a dry run would be, replaced. */
  readonly overwritten: readonly string[];
}

/**
 * Asks whether a project may go into a folder that is not empty, as soon as it is known which folder that is.
 * @throws {@link Interrupted} when the user says no
 */
export async function enterFolder(target: Target, ask: Prompts): Promise<void> {
  if (target.entries.length === 0) return;
  const answer = await ask.choice<'no' | 'yes'>(`${target.folder} ${holds(target)}. Write the project into it?`, [
    { value: 'no', label: 'No, write nothing' },
    { value: 'yes', label: 'Yes, and ask again before a file of mine is changed' },
  ]);
  if (answer === 'no') throw new Interrupted('Nothing was written.');
}

/**
 * Settles what happens to each planned file before anything is written.
 * @throws {@link TsflaskError} `TARGET_NOT_EMPTY` when nobody can be asked, and as {@link readCurrent} does; {@link Interrupted}
 * when the user says no
 */
export async function decide(planned: Plan, target: Target, overwrite: Overwrite): Promise<Decision> {
  if (target.entries.length === 0) return { files: planned.files, kept: [], overwritten: [] };
  const paths = [...planned.files.map(({ path }) => path), basePath, manifestPath];
  const changes = classify(planned.files, readCurrent(target, paths));
  const taken = changes.filter(({ kind }) => kind === 'ask');
  if (overwrite === 'never') throw notEmpty(target, taken);
  const answer = typeof overwrite === 'string' || taken.length === 0 ? 'overwrite' : await askOverwrite(taken, overwrite.ask);
  const written = changes.filter(({ kind }) => kind === 'create' || (kind === 'ask' && answer === 'overwrite'));
  const takenPaths = taken.map(({ file }) => file.path);
  return {
    files: written.map(({ file }) => file),
    ...(answer === 'keep' ? { kept: takenPaths, overwritten: [] } : { kept: [], overwritten: takenPaths }),
  };
}

async function askOverwrite(taken: readonly Change[], ask: Prompts): Promise<'overwrite' | 'keep'> {
  const files = count(taken.length, 'file');
  const text = `${files} of yours ${taken.length === 1 ? 'differs' : 'differ'} from what would be written: ${nameSome(taken)}`;
  const answer = await ask.choice<'overwrite' | 'keep' | 'abort'>(text, [
    { value: 'abort', label: 'Write nothing' },
    { value: 'keep', label: `Keep ${files} of yours, write the rest` },
    { value: 'overwrite', label: `Overwrite ${files} of yours` },
  ]);
  if (answer === 'abort') throw new Interrupted('Nothing was written.');
  return answer;
}

/** As many as fit a small terminal. */
function nameSome(taken: readonly Change[]): string {
  const shown = taken.slice(0, 12).map(({ file }) => file.path);
  const rest = taken.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function holds({ entries }: Target): string {
  return `is not empty (${entries.slice(0, 3).join(', ')}${entries.length > 3 ? ', …' : ''})`;
}

function notEmpty(target: Target, taken: readonly Change[]): TsflaskError {
  const differing = taken.length === 0 ? '' : ` ${count(taken.length, 'file')} of it would be overwritten.`;
  return new TsflaskError({
    code: 'TARGET_NOT_EMPTY',
    problem: `${target.folder} ${holds(target)}.${differing}`,
    fix: 'Give another name, empty the folder, or use --force to overwrite; --dry-run shows what that would do.',
  });
}
