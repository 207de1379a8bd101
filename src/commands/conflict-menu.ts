import { Interrupted } from '../error.ts';
import { countConflictMarkers } from '../merge/conflict-markers.ts';
import { decodeText } from '../merge/text-format.ts';
import { editText } from '../project/edit-text.ts';
import { count } from '../report/count.ts';
import { formatFileDiff } from '../report/unified-diff.ts';
import type { Change, Conflict, ConflictReason } from '../update/judge.ts';
import type { Resolution } from '../update/settle.ts';
import type { Prompts } from './command.ts';

/** Who decides on conflicts, and where a diff is shown. */
export interface Menu {
  readonly ask: Prompts;
  readonly print: (text: string) => void;
}

type Choice = 'merge' | 'keep' | 'overwrite' | 'diff' | 'edit' | 'rest' | 'abort';

/**
 * Asks what becomes of each conflict, one file at a time.
 * @returns a resolution by path
 * @throws {@link Interrupted} where the user would rather have nothing written
 */
export async function askConflicts(conflicts: readonly Change[], menu: Menu): Promise<Map<string, Resolution>> {
  const resolutions = new Map<string, Resolution>();
  for (const [index, change] of conflicts.entries()) {
    const rest = conflicts.slice(index);
    const resolution = await askOne(change, rest.length, menu);
    if (resolution !== 'rest') {
      resolutions.set(change.path, resolution);
      continue;
    }
    const forAll = await askRest(rest, menu.ask);
    for (const { path } of rest) resolutions.set(path, forAll);
    break;
  }
  return resolutions;
}

async function askOne(change: Change, left: number, { ask, print }: Menu): Promise<Resolution | 'rest'> {
  const conflict = change.conflict!;
  for (;;) {
    const choice = await ask.choice<Choice>(`${change.path}: ${reasons[conflict.reason](conflict)}`, choicesOf(conflict, left));
    if (choice === 'abort') throw new Interrupted('Nothing was written.');
    if (choice === 'diff') {
      print(formatFileDiff({ ...change, next: conflict.theirs }));
      continue;
    }
    if (choice !== 'edit') return choice;
    const edited = editText(change.path, conflict.merged!);
    if (countConflictMarkers(decodeText(edited)?.text ?? '') === 0) return { edited };
    print('There are still markers in it.\n');
  }
}

const reasons: Readonly<Record<ConflictReason, (conflict: Conflict) => string>> = {
  overlap: ({ places }) => `your edit and the update meet in ${count(places, 'place')}.`,
  'own-file': () => 'a file of yours stands where a new one goes.',
  'not-text': () => 'you changed it, the update changes it, and it is no text that could be merged.',
  link: () => 'a link of yours stands where the update changes a file.',
};

function choicesOf({ merged, places }: Conflict, left: number): { value: Choice; label: string }[] {
  return [
    ...(merged === undefined
      ? []
      : [{ value: 'merge', label: `Merge: both are in it, with markers in ${count(places, 'place')}` } as const]),
    { value: 'keep', label: 'Keep yours' },
    { value: 'overwrite', label: 'Overwrite it with the new one' },
    { value: 'diff', label: 'Show the difference' },
    ...(merged === undefined ? [] : [{ value: 'edit', label: 'Edit the merge now' } as const]),
    ...(left > 1 ? [{ value: 'rest', label: `The same for all ${left} that remain …` } as const] : []),
    { value: 'abort', label: 'Abort, write nothing' },
  ];
}

async function askRest(rest: readonly Change[], ask: Prompts): Promise<Resolution> {
  const answer = await ask.choice<'merge' | 'keep' | 'overwrite' | 'abort'>(`All ${count(rest.length, 'file')} that remain:`, [
    { value: 'merge', label: 'Merge, with markers where both meet' },
    { value: 'keep', label: 'Keep yours' },
    { value: 'overwrite', label: 'Overwrite them with the new ones' },
    { value: 'abort', label: 'Abort, write nothing' },
  ]);
  if (answer === 'abort') throw new Interrupted('Nothing was written.');
  return answer;
}
