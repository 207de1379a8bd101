import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { TsflaskError } from '../error.ts';
import type { Content, Overlay, OverlayFile, OverlayManifest } from '../plan/overlay.ts';
import { parseOverlayManifest } from '../plan/parse-overlay.ts';

/**
 * Reads an overlay folder whole.
 * @throws {@link TsflaskError} `OVERLAY_NOT_FOUND`, `OVERLAY_INVALID`, `OVERLAY_UNSAFE` for a link that leads out of the folder
 */
export function loadOverlay(folder: string): Overlay {
  const where = join(folder, 'overlay.json');
  if (!existsSync(where)) {
    throw new TsflaskError({
      code: 'OVERLAY_NOT_FOUND',
      problem: `${folder} has no overlay.json.`,
      fix: 'Give a folder or an installed package that has one.',
    });
  }
  return {
    manifest: loadManifest(where),
    files: filesOf(folder),
    partials: textsOf(readTree(join(folder, 'partials')), 'partials', folder),
    slots: textsOf(readTree(join(folder, 'slots')), 'slots', folder),
    otherFolders: readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && !['files', 'partials', 'slots'].includes(entry.name) ? [entry.name] : [],
    ),
  };
}

/** Every file below a folder by its path with `/`; none where there is no folder. */
function readTree(root: string): Record<string, OverlayFile> {
  if (!existsSync(root)) return {};
  checkLink(root, dirname(root));
  const files: Record<string, OverlayFile> = Object.create(null);
  const entries = readdirSync(root, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) checkLink(path, dirname(root));
    else if (!entry.isFile()) continue;
    files[relative(root, path).replaceAll(sep, '/')] = {
      content: decode(readFileSync(path)),
      executable: (statSync(path).mode & 0o111) !== 0,
    };
  }
  return files;
}

/** A link counts as the file it leads to, if that lies in the overlay: data from elsewhere on the disk must not slip into a project. */
function checkLink(path: string, overlay: string): void {
  const real = existsSync(path) ? realpathSync(path) : 'nowhere';
  const isSafe = real.startsWith(realpathSync(overlay) + sep) && (lstatSync(path).isDirectory() || statSync(real).isFile());
  if (isSafe) return;
  throw new TsflaskError({ code: 'OVERLAY_UNSAFE', problem: `${path} is a link to ${real}.`, fix: 'Put a copy in its place.' });
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): Content {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes;
  }
}

function filesOf(folder: string): Record<string, OverlayFile> {
  const files = readTree(join(folder, 'files'));
  for (const [path, { content }] of Object.entries(files)) {
    if (path.endsWith('.mustache') && typeof content !== 'string') throw notText(join(folder, 'files', path));
  }
  return files;
}

function textsOf(files: Readonly<Record<string, OverlayFile>>, kind: string, folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, { content }]) => {
      if (typeof content === 'string') return [name, content];
      throw notText(join(folder, kind, name));
    }),
  );
}

function notText(path: string): TsflaskError {
  return new TsflaskError({ code: 'OVERLAY_INVALID', problem: `${path} is not UTF-8 text.`, fix: 'Save it as UTF-8.' });
}

function loadManifest(path: string): OverlayManifest {
  const text = readFileSync(path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TsflaskError(
      { code: 'OVERLAY_INVALID', problem: `${path}: ${(cause as Error).message}.`, fix: 'Correct the JSON.' },
      { cause },
    );
  }
  return parseOverlayManifest(value, path, text);
}
