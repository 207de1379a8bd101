import { hash } from 'node:crypto';
import type { Answers } from '../answers/answers.ts';
import type { Policy } from '../plan/overlay.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import type { OverlayRecord } from './overlay-record.ts';

/** `.tsflask/manifest.json`: what a project was made from, so that a later version can bring it up to date. */
export interface Manifest {
  /** Of these records; a generator refuses a higher one than its own. */
  readonly format: typeof format;
  readonly generatorVersion: string;
  readonly answers: Answers;
  /** The user's, in order. */
  readonly overlays: readonly OverlayRecord[];
  readonly files: Readonly<Record<string, FileRecord>>;
}

export interface FileRecord {
  readonly policy: Policy;
  readonly executable?: true;
  /** Of what was emitted, where the base has no text of it. */
  readonly sha256?: string;
  /** The user deleted it, and an update said that it stays away. */
  readonly deleted?: true;
}

/** The version of the records' format. */
export const format = 1;

export const manifestPath = '.tsflask/manifest.json';
export const basePath = '.tsflask/base.json';

/** The manifest of a plan. */
export function createManifest(planned: Plan, overlays: readonly OverlayRecord[], generatorVersion: string): Manifest {
  const files = planned.files.map((file) => [file.path, recordFile(file)]);
  return { format, generatorVersion, answers: planned.answers, overlays, files: Object.fromEntries(files) };
}

function recordFile(file: PlannedFile): FileRecord {
  const { content, policy, executable } = file;
  return { policy, ...(executable && { executable }), ...(!isInBase(file) && { sha256: hash('sha256', content) }) };
}

/**
 * The text of every file that updates will merge, as emitted, by path. A file that is the user's from the start (`once`) needs
 * none, nor does one that is not text: its sha256 tells whether it was edited.
 */
export function createBase({ files }: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(files.filter(isInBase).map(({ path, content }) => [path, content]));
}

function isInBase(file: PlannedFile): file is PlannedFile & { readonly content: string } {
  return file.policy !== 'once' && typeof file.content === 'string';
}

/** Both of the project's own records, as files to be written last. */
export function recordFiles(manifest: Manifest, base: Readonly<Record<string, string>>): { path: string; content: string }[] {
  return [
    { path: basePath, content: toJson(base) },
    { path: manifestPath, content: toJson(manifest) },
  ];
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
