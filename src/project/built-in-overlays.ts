import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtInQuestions } from '../answers/questions.ts';
import type { Overlay } from '../plan/overlay.ts';
import { loadOverlay } from './load-overlay.ts';
import { packageRoot } from './package-root.ts';

/**
 * Our own overlays: `service`, which every project has, then the rest in the order of the questions that switch them on.
 * They are read from `templates/`; in `dist/` packed-overlays.ts stands in this module's place.
 */
export function loadBuiltInOverlays(): readonly Overlay[] {
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
