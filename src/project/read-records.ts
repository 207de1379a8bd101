import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf, TsflaskError } from '../error.ts';
import { pathProblem } from '../plan/target-path.ts';
import type { KnownFile } from '../update/entry.ts';
import type { OverlayRecord } from './overlay-record.ts';
import { basePath, format, manifestPath, type FileRecord, type Manifest } from './manifest.ts';

/** A project's own records, as they lie in its `.tsflask/`. */
export interface Records {
  readonly manifest: Manifest;
  /** What was emitted last, by path. */
  readonly known: ReadonlyMap<string, KnownFile>;
  /** As they are on the disk. */
  readonly texts: { readonly manifest: string; readonly base?: string };
}

/** Whether the texts of the last update are needed; they are not where they are about to be made anew. */
export type BaseUse = 'needed' | 'ignored';

/**
 * The project that a folder lies in: the nearest one above that has a manifest.
 * @throws {@link TsflaskError} `PROJECT_NOT_FOUND`
 */
export function findProject(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, manifestPath))) return folder;
    if (dirname(folder) !== folder) continue;
    throw new TsflaskError({
      code: 'PROJECT_NOT_FOUND',
      problem: `Neither ${from} nor a folder above it has a ${manifestPath}.`,
      fix: 'Run this in a project that tsflask made; if its records were deleted, take them back from git.',
    });
  }
}

/**
 * Reads both records strictly. Answers may have been edited by hand; the rest is what we wrote.
 * @throws {@link TsflaskError} `MANIFEST_INVALID`, `MANIFEST_NEWER`, `BASE_INVALID`
 */
export function readRecords(project: string, use: BaseUse): Records {
  const text = readRecord(join(project, manifestPath), 'MANIFEST_INVALID');
  const manifest = parseManifest(text, join(project, manifestPath));
  if (use === 'ignored') return { manifest, known: new Map(), texts: { manifest: text } };
  const baseText = readRecord(join(project, basePath), 'BASE_INVALID');
  const base = parseBase(baseText, join(project, basePath));
  const known = Object.entries(manifest.files).map(([path, record]) => [path, knownFile(path, record, base)] as const);
  return { manifest, known: new Map(known), texts: { manifest: text, base: baseText } };
}

type RecordFault = 'MANIFEST_INVALID' | 'BASE_INVALID';

// What a rebase makes anew, and what it starts from.
const ways: Readonly<Record<RecordFault, string>> = {
  BASE_INVALID:
    'Take it back from git, or run `tsflask update --rebase`, which makes it anew and takes the files of today as your edits.',
  MANIFEST_INVALID:
    'Keep the answers that you want, or take it back from git; the rest of it is remade by `tsflask update --rebase`.',
};

function readRecord(path: string, code: RecordFault): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TsflaskError({ code, problem: `${path} cannot be read: ${reasonOf(cause)}.`, fix: ways[code] }, { cause });
  }
}

function parseRecord(text: string, path: string, code: RecordFault): Readonly<Record<string, unknown>> {
  if (/^(?:<{7}|={7}|>{7})(?: |$)/m.test(text)) throw invalid(path, code, 'holds the two sides of a git conflict');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(path, code, `is no JSON: ${(cause as Error).message}`);
  }
  if (isObject(value)) return value;
  throw invalid(path, code, 'holds no object');
}

function parseManifest(text: string, path: string): Manifest {
  const value = parseRecord(text, path, 'MANIFEST_INVALID');
  // The first releases wrote none.
  const { format: found = format, generatorVersion, answers, overlays, files } = value;
  if (typeof found === 'number' && found > format) {
    throw new TsflaskError({
      code: 'MANIFEST_NEWER',
      problem: `${path} has format ${found}, and this version knows ${format}.`,
      fix: `Run the version that wrote it: npx generator-tsflask@${String(generatorVersion)} …`,
    });
  }
  const wrong = [
    found !== format && 'format',
    typeof generatorVersion !== 'string' && 'generatorVersion',
    !isObject(answers) && 'answers',
    !(Array.isArray(overlays) && overlays.every(isOverlay)) && 'overlays',
    !(isObject(files) && Object.values(files).every(isFileRecord)) && 'files',
  ].find((key) => key !== false);
  if (wrong !== undefined) throw invalid(path, 'MANIFEST_INVALID', `has no "${wrong}" as tsflask writes it`);
  const stored = value as unknown as Manifest & { readonly overlays: readonly (OverlayRecord | string)[] };
  const manifest: Manifest = { ...stored, format, overlays: stored.overlays.map(recordOf) };
  for (const name of Object.keys(manifest.files)) {
    const problem = pathProblem(name);
    if (problem !== undefined) throw invalid(path, 'MANIFEST_INVALID', `names the file "${name}", which ${problem}`);
  }
  return manifest;
}

/** The first releases wrote the folder alone. */
function recordOf(overlay: OverlayRecord | string): OverlayRecord {
  return typeof overlay === 'string' ? { path: overlay, sha256: '' } : overlay;
}

function parseBase(text: string, path: string): Readonly<Record<string, string>> {
  const value = parseRecord(text, path, 'BASE_INVALID');
  const wrong = Object.entries(value).find(([, content]) => typeof content !== 'string')?.[0];
  if (wrong !== undefined) throw invalid(path, 'BASE_INVALID', `has no text of ${wrong}`);
  return value as Readonly<Record<string, string>>;
}

function knownFile(path: string, record: FileRecord, base: Readonly<Record<string, string>>): KnownFile {
  const { policy, executable = false, sha256, deleted = false } = record;
  const text = Object.hasOwn(base, path) ? base[path] : undefined;
  if (text === undefined && sha256 === undefined) throw invalid(basePath, 'BASE_INVALID', `has no text of ${path}`);
  const emitted = text === undefined ? { sha256: sha256! } : { text };
  return { policy, executable, isDeleted: deleted, ...emitted };
}

function invalid(path: string, code: RecordFault, what: string): TsflaskError {
  return new TsflaskError({ code, problem: `${path} ${what}.`, fix: ways[code] });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOverlay(value: unknown): boolean {
  return typeof value === 'string' || (isObject(value) && Object.values(value).every((part) => typeof part === 'string'));
}

function isFileRecord(value: unknown): boolean {
  return isObject(value) && ['managed', 'once', 'merge-json'].includes(String(value['policy']));
}
