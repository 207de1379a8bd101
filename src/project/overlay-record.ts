import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Overlay } from '../plan/overlay.ts';
import type { FoundOverlay } from './load-overlays.ts';

/** How the manifest names an overlay of the user's: by its package, or by its folder, from the project on, and what it held. */
export type OverlayRecord =
  | { readonly package: string; readonly version: string }
  | { readonly path: string; readonly sha256: string };

/** The record of an overlay in the manifest of a project in this folder. */
export function recordOverlay({ source, folder, overlay }: FoundOverlay, project: string): OverlayRecord {
  const version = folder.endsWith(join(sep, 'node_modules', source)) ? readVersion(folder) : undefined;
  if (version !== undefined) return { package: source, version };
  return { path: relative(project, folder).replaceAll(sep, '/'), sha256: digestOverlay(overlay) };
}

function readVersion(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version?: string }).version : undefined;
}

/** The same for the same contents, in whatever order the disk lists them. */
function digestOverlay({ manifest, files, partials, slots }: Overlay): string {
  const texts = Object.entries(files).map(([path, { content, executable }]) => [
    path,
    executable,
    typeof content === 'string' ? content : Buffer.from(content).toString('base64'),
  ]);
  const parts = [texts, Object.entries(partials), Object.entries(slots)];
  return hash('sha256', JSON.stringify([manifest, ...parts.map((entries) => entries.toSorted(byPath))]));
}

function byPath([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}
