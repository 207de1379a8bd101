import { hash } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import type { Overlay } from '../plan/overlay.ts';
import type { FoundOverlay } from './load-overlays.ts';

/** How the manifest names an overlay of the user's: by its package, or by its folder, from the project on, and what it held. */
export type OverlayRecord =
  /** `from` is where npm got it, if not by its name. */
  | { readonly package: string; readonly version: string; readonly from?: string }
  | { readonly path: string; readonly sha256: string };

/** The record of an overlay in the manifest of a project in this folder. */
export function recordOverlay({ folder, package: found, overlay }: FoundOverlay, project: string): OverlayRecord {
  if (found === undefined) return { path: relativeTo(project, folder), sha256: digestOverlay(overlay) };
  const { name, version, from } = found;
  if (from === undefined) return { package: name, version };
  return { package: name, version, from: isAbsolute(from) ? relativeTo(project, from) : withoutPassword(from) };
}

function relativeTo(project: string, path: string): string {
  return relative(project, path).replaceAll(sep, '/');
}

function withoutPassword(address: string): string {
  return address.replace(/\/\/[^@/]*:[^@/]*@/, '//');
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
