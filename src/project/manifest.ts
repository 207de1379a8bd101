import { hash } from 'node:crypto';
import type { Answers } from '../answers/answers.ts';
import type { Policy } from '../plan/overlay.ts';
import type { Plan } from '../plan/plan.ts';

/** `.tsflask/manifest.json`: what a project was made from, so that a later version can bring it up to date. */
export interface Manifest {
  readonly generatorVersion: string;
  readonly answers: Answers;
  /** Folders of the user's overlays, relative to the project. */
  readonly overlays: readonly string[];
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly policy: Policy; readonly executable?: true }>>;
}

export const manifestPath = '.tsflask/manifest.json';
export const basePath = '.tsflask/base.json';

/** The manifest of a plan. */
export function createManifest(planned: Plan, overlays: readonly string[], generatorVersion: string): Manifest {
  const files = planned.files.map(({ path, content, policy, executable }) => [
    path,
    { sha256: hash('sha256', content), policy, ...(executable ? { executable: true } : {}) },
  ]);
  return { generatorVersion, answers: planned.answers, overlays, files: Object.fromEntries(files) };
}

/**
 * The text of every file that updates will merge, as emitted, by path. A file that is the user's from the start (`once`) needs
 * none, nor does one that is not text: its sha256 tells whether it was edited.
 */
export function createBase({ files }: Plan): Readonly<Record<string, string>> {
  const texts = files.flatMap(({ path, content, policy }) =>
    policy !== 'once' && typeof content === 'string' ? [[path, content]] : [],
  );
  return Object.fromEntries(texts);
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
