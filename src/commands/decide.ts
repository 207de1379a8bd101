import { TsflaskError } from '../error.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { classify, type Change } from '../project/classify.ts';
import { basePath, manifestPath } from '../project/manifest.ts';
import { readCurrent, type Target } from '../project/target.ts';
import { count } from '../report/count.ts';
import type { Prompts } from './command.ts';

type FileToDecide = Pick<PlannedFile, 'path' | 'content' | 'executable'>;

/** Where the user's own files may be replaced: never unasked. */
export type Overwrite = { readonly ask: Prompts } | 'all' | 'never';

export interface Decision {
  /** To be written: not those that are there already, letter for letter. */
  readonly files: readonly FileToDecide[];
  /** Paths of planned files that the user's own stand in place of. */
  readonly kept: readonly string[];
}

/**
 * Settles what happens to each planned file before anything is written.
 * @throws {@link TsflaskError} `TARGET_NOT_EMPTY` when nobody can be asked or the user says no, and as {@link readCurrent} does
 */
export async function decide(planned: Plan, target: Target, overwrite: Overwrite): Promise<Decision> {
  if (target.entries.length === 0) return { files: planned.files, kept: [] };
  const paths = [...planned.files.map(({ path }) => path), basePath, manifestPath];
  const changes = classify(planned.files, readCurrent(target, paths));
  const taken = changes.filter(({ kind }) => kind === 'ask');
  const answer = await askOverwrite(target, taken, overwrite);
  if (answer === 'abort') throw notEmpty(target, taken);
  const written = changes.filter(({ kind }) => kind === 'create' || (kind === 'ask' && answer === 'overwrite'));
  return { files: written.map(({ file }) => file), kept: answer === 'keep' ? taken.map(({ file }) => file.path) : [] };
}

type OverwriteAnswer = 'overwrite' | 'keep' | 'abort';

async function askOverwrite(
  { folder, entries }: Target,
  taken: readonly Change[],
  overwrite: Overwrite,
): Promise<OverwriteAnswer> {
  if (overwrite === 'all') return 'overwrite';
  if (overwrite === 'never') return 'abort';
  const holds = `${folder} holds ${count(entries.length, 'entry', 'entries')}`;
  if (taken.length === 0) {
    return overwrite.ask.choice<OverwriteAnswer>(`${holds}; none would be changed. Write the project beside them?`, [
      { value: 'abort', label: 'No, write nothing' },
      { value: 'keep', label: 'Yes' },
    ]);
  }
  const names = taken.map(({ file }) => file.path).join(', ');
  return overwrite.ask.choice<OverwriteAnswer>(`${holds}; these differ from what would be written: ${names}`, [
    { value: 'abort', label: 'Write nothing' },
    { value: 'keep', label: `Keep ${count(taken.length, 'file')} of yours, write the rest` },
    { value: 'overwrite', label: `Overwrite ${count(taken.length, 'file')} of yours` },
  ]);
}

function notEmpty({ folder, entries }: Target, taken: readonly Change[]): TsflaskError {
  const differing = taken.length === 0 ? '' : ` ${count(taken.length, 'file')} of it would be overwritten.`;
  return new TsflaskError({
    code: 'TARGET_NOT_EMPTY',
    problem: `${folder} is not empty (${entries.slice(0, 3).join(', ')}${entries.length > 3 ? ', …' : ''}).${differing}`,
    fix: 'Give another name, empty the folder, or use --force to overwrite.',
  });
}
