import type { MergeLabels } from '../merge/conflict-markers.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { DiskEntry, KnownFile } from './entry.ts';
import { judge, type Change } from './judge.ts';
import { findRenames } from './renames.ts';

export interface SurveyInput {
  /** What was emitted last, by path. */
  readonly known: ReadonlyMap<string, KnownFile>;
  readonly planned: readonly PlannedFile[];
  readonly disk: ReadonlyMap<string, DiskEntry>;
  /** Old path to new path, of all overlays. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Whether a deleted file is to come back. */
  readonly isRestored?: (path: string) => boolean;
  readonly labels: MergeLabels;
}

/** Judges every path that was emitted or is planned, sorted by path. */
export function survey({ known, planned, disk, renamed, isRestored = () => false, labels }: SurveyInput): Change[] {
  const plannedAt = new Map(planned.map((file) => [file.path, file]));
  const moves = findRenames({
    renamed,
    isKnown: (path) => known.has(path),
    isPlanned: (path) => plannedAt.has(path),
    diskAt: (path) => disk.get(path),
  });
  const moved = new Set(moves.values());
  const paths = [...new Set([...known.keys(), ...plannedAt.keys()])].filter((path) => !moved.has(path)).toSorted();
  return paths.map((path) => {
    const from = moves.get(path);
    const at = from ?? path;
    const given = { known: known.get(at), disk: disk.get(at), planned: plannedAt.get(path) };
    return judge({ path, from, ...given, isRestored: isRestored(path) }, labels);
  });
}
