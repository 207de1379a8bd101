import { parseTarget } from '../plan/target-path.ts';
import type { DiskEntry } from './entry.ts';

export interface RenameInput {
  /** Old path to new path, as overlays say. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Whether the project was emitted with this path. */
  readonly isKnown: (path: string) => boolean;
  readonly isPlanned: (path: string) => boolean;
  readonly diskAt: (path: string) => DiskEntry | undefined;
}

/**
 * Writes renames out: one with a list question in `[brackets]` stands for one with each value.
 * @param answers - by question id
 */
export function expandRenames(
  renamed: Readonly<Record<string, string>>,
  answers: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(renamed).flatMap(([old, path]) => {
      const { each } = parseTarget(old);
      if (each === undefined) return [[old, path]];
      const values = answers[each];
      const items = Array.isArray(values) ? values.map(String) : [];
      return items.map((item) => [old, path].map((text) => text.replaceAll(`[${each}]`, () => item)));
    }),
  );
}

/**
 * Finds the files that an update moves: emitted under a name that is no longer planned, still there, and planned under another one
 * that is free. Names are followed from release to release.
 * @returns old path by new path
 */
export function findRenames({ renamed, isKnown, isPlanned, diskAt }: RenameInput): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  for (const old of Object.keys(renamed).toSorted()) {
    if (!isKnown(old) || isPlanned(old) || diskAt(old)?.kind !== 'file') continue;
    const path = follow(old, renamed, isPlanned);
    if (path !== undefined && !isKnown(path) && diskAt(path) === undefined && !moves.has(path)) moves.set(path, old);
  }
  return moves;
}

function follow(old: string, renamed: RenameInput['renamed'], isPlanned: RenameInput['isPlanned']): string | undefined {
  const seen = new Set([old]);
  for (let path = renamed[old]; path !== undefined && !seen.has(path); path = renamed[path]) {
    if (isPlanned(path)) return path;
    seen.add(path);
  }
  return undefined;
}
