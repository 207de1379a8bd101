import { hash } from 'node:crypto';
import type { Content } from '../plan/overlay.ts';
import type { DiskEntry } from './entry.ts';
import type { Change, ConflictReason, NextFile } from './judge.ts';

/**
 * What becomes of a conflict: the user's text and the new one with markers, where there can be any; the user's file as it is; the new
 * one in its place; or what somebody made of both.
 */
export type Resolution = 'merge' | 'keep' | 'overwrite' | { readonly edited: Uint8Array };

export interface Unsettled {
  readonly path: string;
  /** Places between markers; 0 where none could be marked, and the user's file stays as it is. */
  readonly places: number;
  readonly reason: ConflictReason;
}

export interface WriteStep extends NextFile {
  readonly kind: 'write';
  readonly path: string;
  /** sha256 of what it replaces, `absent` for nothing; nobody looks where it is not given. */
  readonly expected?: string;
}

export interface RemoveStep {
  readonly kind: 'remove';
  readonly path: string;
  readonly expected: string;
}

/**
 * The steps that carry changes out.
 * @param resolutions - by path, one for each conflict
 */
export function settle(
  changes: readonly Change[],
  resolutions: ReadonlyMap<string, Resolution>,
): readonly (WriteStep | RemoveStep)[] {
  return changes.flatMap((change) => {
    const { path, from, fate, disk } = change;
    if (fate === 'removed') return [remove(path, disk)];
    const next = change.conflict === undefined ? change.next : resolve(change, resolutions.get(path));
    if (next === undefined) return [];
    const write: WriteStep = { kind: 'write', path, ...next, expected: from === undefined ? digestOf(disk) : 'absent' };
    return from === undefined ? [write] : [remove(from, disk), write];
  });
}

/** Lists what is left for the user to settle once the steps are carried out. */
export function listUnsettled(changes: readonly Change[], resolutions: ReadonlyMap<string, Resolution>): Unsettled[] {
  return changes.flatMap(({ path, conflict }) => {
    if (conflict === undefined || resolutions.get(path) !== 'merge') return [];
    const { merged, places, reason } = conflict;
    return [{ path, places: merged === undefined ? 0 : places, reason }];
  });
}

function resolve({ conflict }: Change, resolution: Resolution | undefined): NextFile | undefined {
  if (conflict === undefined || resolution === undefined || resolution === 'keep') return undefined;
  if (resolution === 'overwrite') return conflict.theirs;
  const content: Content | undefined = resolution === 'merge' ? conflict.merged : resolution.edited;
  return content === undefined ? undefined : { ...conflict.theirs, content };
}

function remove(path: string, disk: DiskEntry | undefined): RemoveStep {
  return { kind: 'remove', path, expected: digestOf(disk) };
}

function digestOf(disk: DiskEntry | undefined): string {
  if (disk === undefined) return 'absent';
  return hash('sha256', disk.kind === 'file' ? disk.content : `link:${disk.target}`);
}
