import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtInQuestions } from '../answers/questions.ts';
import { TsflaskError } from '../error.ts';
import type { Overlay } from '../plan/overlay.ts';
import { loadOverlay, locateOverlay } from './load-overlay.ts';
import { generatorVersion, packageRoot } from './package-root.ts';

/** Our own overlays: `service`, which every project has, then the rest in the order of the questions that switch them on. */
export function loadBuiltInOverlays(): Overlay[] {
  const root = join(packageRoot, 'templates');
  const overlays = readdirSync(root)
    .toSorted()
    .map((name) => loadOverlay(join(root, name)));
  return overlays.toSorted((a, b) => rank(a) - rank(b));
}

/** An extra lies over the gateway and the framework, because it may add to them. */
function rank({ manifest: { when = {} } }: Overlay): number {
  return Math.max(-1, ...Object.keys(when).map((id) => builtInQuestions.findIndex((question) => question.id === id)));
}

/** An overlay of the user's, with the folder it was found in. */
export interface FoundOverlay {
  readonly folder: string;
  readonly overlay: Overlay;
}

/**
 * Loads what `--overlay` names, in order.
 * @param from - folder that relative paths and package names start from
 * @throws {@link TsflaskError} as {@link loadOverlay} does, and `OVERLAY_TOO_NEW` when it asks for another version of the generator
 */
export async function loadUserOverlays(sources: readonly string[], from: string): Promise<FoundOverlay[]> {
  const found = sources.map((source) => {
    const folder = locateOverlay(source, from);
    return { folder, overlay: loadOverlay(folder) };
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
