import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Overlay, OverlayManifest } from '../plan/overlay.ts';
import { parseTarget } from '../plan/target-path.ts';
import { keepTokens, parseTokens, type Token } from '../plan/template.ts';
import { packageRoot } from './package-root.ts';

/** What an overlay holds beside its manifest, with its templates parsed. */
interface Body extends Omit<Overlay, 'manifest'> {
  readonly tokens: readonly (readonly [template: string, tokens: readonly Token[]])[];
}

const folder = join(packageRoot, 'dist', 'overlays');
const manifestsFile = 'manifests.json';

/**
 * {@link loadBuiltInOverlays} of built-in-overlays.ts in a tenth of its time: a file for each overlay that takes part is read, and
 * nothing but JSON is parsed.
 */
export function loadBuiltInOverlays(): readonly Overlay[] {
  return (readPacked(manifestsFile) as readonly OverlayManifest[]).map(openOverlay);
}

/** The files of `dist/overlays/`, by name. */
export function packOverlays(overlays: readonly Overlay[]): Readonly<Record<string, string>> {
  const bodies = overlays.map(({ manifest, ...contents }) => {
    const tokens = templatesOf(contents).map((template) => [template, parseTokens(template, '')]);
    return [`${manifest.name}.json`, toAscii({ ...contents, tokens })] as const;
  });
  return { [manifestsFile]: toAscii(overlays.map(({ manifest }) => manifest)), ...Object.fromEntries(bodies) };
}

/** An overlay that is read when it is first looked into, which those that the answers leave out never are. */
function openOverlay(manifest: OverlayManifest): Overlay {
  let body: Body | undefined;
  const read = (): Body => (body ??= readBody(manifest.name));
  return {
    manifest,
    get files() {
      return read().files;
    },
    get partials() {
      return read().partials;
    },
    get slots() {
      return read().slots;
    },
  };
}

function readBody(name: string): Body {
  const body = readPacked(`${name}.json`) as Body;
  for (const [template, tokens] of body.tokens) keepTokens(template, tokens);
  return body;
}

/** Trusted, unlike any other JSON that we read: the build wrote it, and in ASCII, which is read fastest. */
function readPacked(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'latin1'));
}

function toAscii(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function templatesOf({ files, partials, slots }: Omit<Overlay, 'manifest'>): string[] {
  const rendered = Object.entries(files).flatMap(([path, { content }]) =>
    parseTarget(path).isRendered && typeof content === 'string' ? [content] : [],
  );
  return [...rendered, ...Object.values(partials), ...Object.values(slots)];
}
