import type { Condition } from '../answers/condition.ts';
import type { Question } from '../answers/question.ts';

/**
 * Who owns a file after the first write.
 * - `managed`: updated three-way · `once`: the user's from then on · `merge-json`: merged key by key over all overlays
 */
export type Policy = 'managed' | 'once' | 'merge-json';

/** `overlay.json`, validated. */
export interface OverlayManifest {
  readonly name: string;
  readonly description: string;
  /** Semver range of the generator versions it was written for. */
  readonly requires?: string;
  /** The overlay takes part only where this holds. */
  readonly when?: Condition;
  readonly questions: readonly Question[];
  /** By path in the project. */
  readonly files: Readonly<Record<string, { readonly policy: Policy }>>;
  /** Paths in the project that earlier overlays plan and this one takes out. */
  readonly remove: readonly string[];
  /** Old path → new path, for `update`. */
  readonly renamed: Readonly<Record<string, string>>;
}

/** Text where the file is UTF-8, bytes otherwise. */
export type Content = string | Uint8Array;

export interface OverlayFile {
  readonly content: Content;
  readonly executable: boolean;
}

/** An overlay as a value: whole contents, no disk. Keys are paths with `/`, relative to `files/`, `partials/` and `slots/`. */
export interface Overlay {
  readonly manifest: OverlayManifest;
  readonly files: Readonly<Record<string, OverlayFile>>;
  readonly partials: Readonly<Record<string, string>>;
  readonly slots: Readonly<Record<string, string>>;
  /** Names of the other folders beside these three, none of which is read; for `lint`. */
  readonly otherFolders?: readonly string[];
}
