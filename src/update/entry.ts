import type { Policy } from '../plan/overlay.ts';

/** What stands at a path of a project. A folder there is none: what is in it has paths of its own. */
export type DiskEntry =
  | { readonly kind: 'file'; readonly content: Uint8Array; /** Permission bits. */ readonly mode: number }
  | { readonly kind: 'link'; readonly target: string };

/** A file as the generator wrote it last. */
export interface KnownFile {
  readonly policy: Policy;
  readonly executable: boolean;
  /** Absent for a file that is not text, and for one that is never merged. */
  readonly text?: string;
  /** Where there is no text. */
  readonly sha256?: string;
  /** That the user deleted it was said before. */
  readonly isDeleted: boolean;
}

/** Whether anybody may run it. */
export function isExecutable({ mode }: { readonly mode: number }): boolean {
  return (mode & 0o111) !== 0;
}
