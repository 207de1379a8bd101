import { parseOverlayManifest } from './plan/parse-overlay.ts';
import type { Overlay, OverlayFile } from './plan/overlay.ts';
import { loadOverlay } from './project/load-overlay.ts';
import { render } from './render.ts';

/** An overlay spelt out in a test: `overlay.json` without its name, and contents by path. */
export interface InlineOverlay {
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly partials?: Readonly<Record<string, string>>;
  readonly slots?: Readonly<Record<string, string>>;
}

/**
 * Makes an overlay from values, for tests that need no disk.
 * @throws {@link TsflaskError} `OVERLAY_INVALID`
 */
export function defineOverlay({ manifest = {}, files = {}, partials = {}, slots = {} }: InlineOverlay): Overlay {
  const described = { name: 'inline', description: 'An overlay of a test', ...manifest };
  const entries = Object.entries(files).map(([path, content]): [string, OverlayFile] => [path, { content, executable: false }]);
  return { manifest: parseOverlayManifest(described, 'overlay.json'), files: Object.fromEntries(entries), partials, slots };
}

/**
 * Renders a project with overlays over ours and gives its texts by path; files that are not text are left out.
 * @param overlays - folders, or overlays from {@link defineOverlay}
 * @param answers - raw answers by question id; the name is `demo` and the rest has its defaults where nothing is given
 * @throws {@link TsflaskError} with every fault, as `tsflask new` would print them
 */
export async function renderProject(
  overlays: readonly (string | Overlay)[],
  answers: Readonly<Record<string, unknown>> = {},
): Promise<Readonly<Record<string, string>>> {
  const loaded = overlays.map((overlay) => (typeof overlay === 'string' ? loadOverlay(overlay) : overlay));
  const { files } = await render({ answers: { name: 'demo', ...answers }, overlays: loaded });
  return Object.fromEntries(files.flatMap(({ path, content }) => (typeof content === 'string' ? [[path, content]] : [])));
}
