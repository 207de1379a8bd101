import { TsflaskError } from '../error.ts';
import type { Change } from '../update/judge.ts';
import type { Resolution } from '../update/settle.ts';
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
