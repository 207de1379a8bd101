import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TsflaskError } from '../error.ts';
import { loadUserOverlays, type FoundOverlay } from './load-overlays.ts';
import type { OverlayRecord } from './overlay-record.ts';

/** The repository's own overlay, which lies over all others and needs no record. */
export const ownOverlay = '.tsflask/overlay';

/** How a person names a recorded overlay. */
export function nameOfRecord(record: OverlayRecord): string {
  return 'package' in record ? record.package : record.path;
}

/**
 * Loads an overlay that a manifest names. Of a package the installed version is taken, and else the recorded one is fetched: so it is
 * installing a newer version that brings the project up to it.
 * @throws {@link TsflaskError} as {@link loadUserOverlays} does, with the ways out
 */
export async function loadRecordedOverlay(record: OverlayRecord, project: string): Promise<FoundOverlay> {
  const sources = sourcesOf(record);
  for (const [index, source] of sources.entries()) {
    try {
      const [found] = await loadUserOverlays([source], project);
      return found!;
    } catch (error) {
      const isMissing = error instanceof TsflaskError && error.code === 'OVERLAY_NOT_FOUND';
      if (!isMissing || index === sources.length - 1) throw withWaysOut(error, record);
    }
  }
  throw new RangeError('A record names at least one place.');
}

/** The repository's own overlay, if there is one. @throws {@link TsflaskError} as {@link loadUserOverlays} does */
export async function loadOwnOverlay(project: string): Promise<readonly FoundOverlay[]> {
  return existsSync(join(project, ownOverlay, 'overlay.json')) ? loadUserOverlays([`./${ownOverlay}`], project) : [];
}

function sourcesOf(record: OverlayRecord): readonly [string, ...string[]] {
  if ('path' in record) return [record.path];
  const { package: name, version, from } = record;
  return from === undefined ? [`npm:${name}`, `${name}@${version}`] : [from];
}

function withWaysOut(error: unknown, record: OverlayRecord): unknown {
  if (!(error instanceof TsflaskError) || !error.code.startsWith('OVERLAY_NOT_')) return error;
  const name = nameOfRecord(record);
  return new TsflaskError(
    {
      code: error.code,
      problem: `This project was made with the overlay ${name}, which is not there any more. ${error.faults[0]!.problem}`,
      fix: `Install it, name its new place with --overlay, or take it out with --remove-overlay ${name}.`,
    },
    { cause: error },
  );
}
