import { TsflaskError } from '../error.ts';
import type { Overlay } from '../plan/overlay.ts';
import type { LocatedOverlay } from './locate-overlay.ts';
import { generatorVersion } from './package-root.ts';

/** An overlay of the user's, with the folder it was found in. */
export interface FoundOverlay extends Pick<LocatedOverlay, 'folder' | 'package'> {
  readonly overlay: Overlay;
}

/**
 * Loads what `--overlay` names, in order.
 * @param from - folder that relative paths and package names start from
 * @throws {@link TsflaskError} as {@link locateOverlay} and {@link loadOverlay} do, `OVERLAY_INVALID` for a range that is none, and
 * `OVERLAY_TOO_NEW` when it asks for another version of the generator
 */
export async function loadUserOverlays(sources: readonly string[], from: string): Promise<FoundOverlay[]> {
  if (sources.length === 0) return [];
  // Its validation takes longer to load than all the rest.
  const { loadOverlay } = await import('./load-overlay.ts');
  const { locateOverlay } = await import('./locate-overlay.ts');
  const found: FoundOverlay[] = [];
  for (const source of sources) {
    const { dispose, ...located } = await locateOverlay(source, from);
    try {
      const overlay = loadOverlay(located.folder);
      await checkRequires(overlay);
      found.push({ ...located, overlay });
    } finally {
      dispose();
    }
  }
  return found;
}

async function checkRequires({ manifest: { name, requires } }: Overlay): Promise<void> {
  if (requires === undefined) return;
  const { default: validRange } = await import('semver/ranges/valid.js');
  if (validRange(requires) === null) {
    throw new TsflaskError({
      code: 'OVERLAY_INVALID',
      problem: `The overlay ${name}: requires "${requires}" is no range of versions.`,
      fix: `Write one such as ">=${generatorVersion}".`,
    });
  }
  const { default: satisfies } = await import('semver/functions/satisfies.js');
  if (satisfies(generatorVersion, requires, { includePrerelease: true })) return;
  throw new TsflaskError({
    code: 'OVERLAY_TOO_NEW',
    problem: `The overlay ${name} requires generator-tsflask ${requires}; this is ${generatorVersion}.`,
    fix: `Run: npm install --global generator-tsflask@"${requires}"`,
  });
}
