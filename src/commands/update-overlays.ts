import { TsflaskError } from '../error.ts';
import { didYouMean } from '../answers/nearest.ts';
import type { FoundOverlay } from '../project/load-overlays.ts';
import { loadUserOverlays } from '../project/load-overlays.ts';
import type { OverlayRecord } from '../project/overlay-record.ts';
import { loadOwnOverlay, loadRecordedOverlay, nameOfRecord } from '../project/recorded-overlays.ts';

export interface OverlaysInput {
  readonly records: readonly OverlayRecord[];
  readonly project: string;
  /** What `--overlay` names, from `cwd` on. */
  readonly added: readonly string[];
  readonly cwd: string;
  /** What `--remove-overlay` names. */
  readonly removed: readonly string[];
}

/** The overlays of a project that is updated. */
export interface ProjectOverlays {
  /** Those that the manifest is to name, in order. */
  readonly recorded: readonly FoundOverlay[];
  /** The repository's own, over them. */
  readonly own: readonly FoundOverlay[];
}

/**
 * Those that are recorded, but for the ones taken out; one that is given again takes the place of its record.
 * @throws {@link TsflaskError} `OVERLAY_UNKNOWN` where nothing recorded has that name; as loading them does
 */
export async function loadProjectOverlays({ records, project, added, cwd, removed }: OverlaysInput): Promise<ProjectOverlays> {
  const given = await loadUserOverlays(added, cwd);
  const recorded: FoundOverlay[] = [];
  const unmatched = new Set(removed);
  for (const record of records) {
    const name = nameOfRecord(record);
    if (unmatched.delete(name)) continue;
    const again = given.find((found) => found.package?.name === name);
    const found = again ?? (await loadRecordedOverlay(record, project));
    if (unmatched.delete(found.overlay.manifest.name)) continue;
    recorded.push(given.find(({ overlay }) => overlay.manifest.name === found.overlay.manifest.name) ?? found);
  }
  const names = [...records.map(nameOfRecord), ...recorded.map(({ overlay }) => overlay.manifest.name)];
  const [unknown] = unmatched;
  if (unknown !== undefined) throw unknownOverlay(unknown, names);
  return {
    recorded: [...recorded, ...given.filter((found) => !recorded.includes(found))],
    own: await loadOwnOverlay(project),
  };
}

function unknownOverlay(name: string, known: readonly string[]): TsflaskError {
  return new TsflaskError({
    code: 'OVERLAY_UNKNOWN',
    problem: `--remove-overlay ${name}: the manifest names no such overlay.${didYouMean(name, known)}`,
    fix: known.length === 0 ? 'It names none.' : `It names ${known.join(', ')}.`,
  });
}
