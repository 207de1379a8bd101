import { TsflaskError } from '../error.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import { classify, type Change } from '../project/classify.ts';
import { readCurrent, type Target } from '../project/target.ts';
import { count } from '../report/count.ts';
import type { Prompts } from './command.ts';

type FileToDecide = Pick<PlannedFile, 'path' | 'content' | 'executable'>;

/** Where the user's own files may be replaced: never unasked. */
export type Overwrite = { readonly ask: Prompts } | 'all' | 'never';

/**
 * Settles what happens to each planned file before anything is written.
 * @returns the files to write; those that are there already, letter for letter, are left out
 * @throws {@link TsflaskError} `TARGET_NOT_EMPTY` when nobody can be asked or the user says no
 */
export async function decide(planned: Plan, target: Target, overwrite: Overwrite): Promise<readonly FileToDecide[]> {
  if (target.entries.length === 0) return planned.files;
  const changes = classify(
    planned.files,
    readCurrent(
      target,
      planned.files.map(({ path }) => path),
    ),
  );
  const taken = changes.filter(({ kind }) => kind === 'ask');
  const answer = await askOverwrite(target, taken, overwrite);
  if (answer === 'abort') throw notEmpty(target, taken);
  return changes.filter(({ kind }) => kind === 'create' || (kind === 'ask' && answer === 'overwrite')).map(({ file }) => file);
}

type OverwriteAnswer = 'overwrite' | 'keep' | 'abort';

async function askOverwrite(
  { folder, entries }: Target,
  taken: readonly Change[],
  overwrite: Overwrite,
): Promise<OverwriteAnswer> {
  if (overwrite === 'all') return 'overwrite';
  if (overwrite === 'never') return 'abort';
  const holds = `${folder} holds ${count(entries.length, 'entry').replace('entrys', 'entries')}`;
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
