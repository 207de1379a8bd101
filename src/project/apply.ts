import { isSystemError } from '../error.ts';
import type { Content } from '../plan/overlay.ts';
import { createFolder } from './create-folder.ts';
import type { Target } from './target.ts';
import { writeFailed } from './write-failed.ts';

export interface FileToWrite {
  readonly kind?: 'write';
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly content: Content;
  readonly executable?: boolean;
  /** Permission bits of the file that it replaces; a new file gets the user's usual ones. */
  readonly mode?: number;
  /** What stood there when it was decided: a sha256, or `absent`; nobody looks where it is not given. */
  readonly expected?: string;
}

export interface FileToRemove {
  readonly kind: 'remove';
  readonly path: string;
  readonly expected?: string;
}

export type FileStep = FileToWrite | FileToRemove;

export interface ApplyOptions {
  /** Whether the old files stay where `tsflask update --undo` finds them. */
  readonly undo?: 'keep';
}

/**
 * Does all steps or none. New files are staged first: a new project appears with one rename; in an existing folder a journal is
 * written, each file is replaced by a rename, and what was replaced is put back if one of them fails. If the process is killed, the
 * next command finds the journal. A link is replaced itself, and what it leads to stays as it is.
 * @param steps - carried out in this order, but for removals, which go first; so the manifest goes last
 * @throws {@link Interrupted} when SIGINT or SIGTERM came before the first file was in its place; {@link TsflaskError} `WRITE_FAILED`
 * with what the system says, `UNDO_FAILED` when the user's files could not be put back, `CHANGED_MEANWHILE` where a file is not what
 * was decided on, `TARGET_NOT_A_FILE` where a folder is to be removed, `PATH_UNSAFE`, `LOCKED` while somebody else writes
 */
export async function apply(steps: readonly FileStep[], target: Target, options: ApplyOptions = {}): Promise<void> {
  try {
    if (!target.exists) return await createFolder(steps.filter(isWrite), target.folder);
    const { applyInside } = await import('./apply-inside.ts');
    await applyInside(steps, target.folder, options);
  } catch (error) {
    throw isSystemError(error) ? writeFailed(error, target.folder) : error;
  }
}

function isWrite(step: FileStep): step is FileToWrite {
  return step.kind !== 'remove';
}
