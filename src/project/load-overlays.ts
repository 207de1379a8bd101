import { TsflaskError } from '../error.ts';
import type { Overlay } from '../plan/overlay.ts';
import { generatorVersion } from './package-root.ts';

/** An overlay of the user's, with the folder it was found in. */
export interface FoundOverlay {
  /** As it was named. */
  readonly source: string;
  readonly folder: string;
  readonly overlay: Overlay;
}

/**
 * Loads what `--overlay` names, in order.
 * @param from - folder that relative paths and package names start from
 * @throws {@link TsflaskError} as {@link loadOverlay} does, and `OVERLAY_TOO_NEW` when it asks for another version of the generator
 */
export async function loadUserOverlays(sources: readonly string[], from: string): Promise<FoundOverlay[]> {
  if (sources.length === 0) return [];
  // Its validation takes longer to load than all the rest.
  const { loadOverlay, locateOverlay } = await import('./load-overlay.ts');
  const found = sources.map((source) => {
    const folder = locateOverlay(source, from);
    return { source, folder, overlay: loadOverlay(folder) };
  });
  for (const { overlay } of found) await checkRequires(overlay);
  return found;
}

async function checkRequires({ manifest: { name, requires } }: Overlay): Promise<void> {
  if (requires === undefined) return;
  const { default: satisfies } = await import('semver/functions/satisfies.js');
  if (satisfies(generatorVersion, requires, { includePrerelease: true })) return;
  throw new TsflaskError({
    code: 'OVERLAY_TOO_NEW',
    problem: `The overlay ${name} requires generator-tsflask ${requires}; this is ${generatorVersion}.`,
    fix: `Run: npm install --global generator-tsflask@"${requires}"`,
  });
}
