import { TsflaskError } from '../error.ts';
import type { ConflictSides } from '../project/index-stages.ts';
import { isExecutable, type KnownFile } from '../update/entry.ts';
import type { Change } from '../update/judge.ts';
import type { Resolution } from '../update/settle.ts';
import type { Prompts } from './command.ts';
import type { Menu } from './conflict-menu.ts';
import type { OnConflict } from './update-flags.ts';

/**
 * Decides what becomes of each conflict: as a flag says, or as somebody answers; with neither they are merged.
 * @returns by path
 * @throws {@link TsflaskError} `CONFLICTS_FOUND` where the flag says so; {@link Interrupted} when the user says so
 */
export async function resolveConflicts(
  changes: readonly Change[],
  onConflict: OnConflict | undefined,
  menu: Menu | undefined,
): Promise<ReadonlyMap<string, Resolution>> {
  const found = changes.filter(({ fate }) => fate === 'conflict');
  if (found.length === 0) return new Map();
  if (onConflict === undefined && menu !== undefined) {
    // It shows diffs and starts editors, which takes time to load.
    const { askConflicts } = await import('./conflict-menu.ts');
    return askConflicts(found, menu);
  }
  const policy = onConflict ?? 'merge';
  if (policy !== 'abort') return new Map(found.map(({ path }) => [path, policy]));
  throw new TsflaskError({
    code: 'CONFLICTS_FOUND',
    problem: `Your edits and the update meet in ${found.map(({ path }) => path).join(', ')}.`,
    fix: 'Nothing was written. `tsflask diff` shows both; --on-conflict says what is to become of them.',
  });
}

/**
 * Asks whether git is to know of the files that are marked. Nobody is asked without a terminal: a bot that lists changed files would
 * miss one that the index has in conflict.
 * @returns what it is to be told; nothing where the answer is no
 */
export async function askToStage(
  changes: readonly Change[],
  known: ReadonlyMap<string, KnownFile>,
  ask: Prompts,
): Promise<readonly ConflictSides[]> {
  const sides = changes.flatMap(({ path, from, disk, conflict }) => {
    if (disk?.kind !== 'file' || conflict?.merged === undefined) return [];
    const base = known.get(from ?? path)?.text;
    return [{ path, executable: isExecutable(disk), base, ours: disk.content, theirs: conflict.theirs.content }];
  });
  if (sides.length === 0) return [];
  const answer = await ask.choice<'no' | 'yes'>('Show what is marked to git as conflicts, too?', [
    { value: 'no', label: 'No, the marks will do' },
    { value: 'yes', label: 'Yes: git status lists them, git mergetool opens them, git add settles them' },
  ]);
  return answer === 'yes' ? sides : [];
}
