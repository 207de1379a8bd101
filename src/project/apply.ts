import { hash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Interrupted, isSystemError, reasonOf, TsflaskError } from '../error.ts';
import type { Content } from '../plan/overlay.ts';
import type { Target } from './target.ts';

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
 * next command finds the journal.
 * @param steps - carried out in this order, but for removals, which go first; so the manifest goes last
 * @throws {@link Interrupted} when SIGINT or SIGTERM came before the first file was in its place; {@link TsflaskError} `WRITE_FAILED` with what
 * the system says, `UNDO_FAILED` when the user's files could not be put back, `CHANGED_MEANWHILE` where a file is not what was
 * decided on, `LOCKED` while somebody else writes
 */
export async function apply(steps: readonly FileStep[], target: Target, options: ApplyOptions = {}): Promise<void> {
  try {
    if (!target.exists) return await createFolder(steps.filter(isWrite), target);
    const { applyInside } = await import('./apply-inside.ts');
    await applyInside(steps, target.folder, options);
  } catch (error) {
    throw isSystemError(error) ? writeFailed(error, target) : error;
  }
}

/** Runs what may still be given up, and gives it up where a signal came meanwhile. @throws {@link Interrupted} */
export async function untilInterrupted(work: () => void): Promise<void> {
  let isInterrupted = false;
  // With a listener, Ctrl-C waits for the event loop, which is ours until the work is done.
  const onSignal = (): void => void (isInterrupted = true);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    work();
    // Signals are delivered between two rounds of the loop; the first round may have begun before we did.
    await setImmediate();
    await setImmediate();
    if (isInterrupted) throw new Interrupted();
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** Writes one file with the bits that it had, or with the user's usual ones. */
export function stageFile(full: string, file: FileToWrite, flush: 'flush' | 'cached'): void {
  const { content, executable = false, mode } = file;
  // With the encoding said, node writes a text in one step instead of three.
  writeFileSync(full, content, { encoding: 'utf8', mode: executable ? 0o777 : 0o666, flush: flush === 'flush' });
  if (mode === undefined) return;
  // Whoever may read it may run it.
  chmodSync(full, executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111);
}

function isWrite(step: FileStep): step is FileToWrite {
  return step.kind !== 'remove';
}

async function createFolder(files: readonly FileToWrite[], { folder }: Target): Promise<void> {
  const parent = dirname(folder);
  const made = mkdirSync(parent, { recursive: true });
  let staging = made;
  try {
    await untilInterrupted(() => {
      staging = mkdtempSync(join(parent, `.${basename(folder)}.tsflask-`));
      stageTree(files, join(staging, 'next'));
    });
    renameSync(join(staging!, 'next'), folder);
    rmSync(staging!, { recursive: true, force: true });
  } catch (error) {
    const leftover = made ?? staging;
    if (leftover !== undefined) rmSync(leftover, { recursive: true, force: true });
    throw error;
  }
}

function stageTree(files: readonly FileToWrite[], folder: string): void {
  // mkdtemp makes private folders; a project gets the user's usual permissions.
  mkdirSync(folder);
  const made = new Set<string>();
  for (const file of files) {
    const full = join(folder, file.path);
    if (!made.has(dirname(full))) mkdirSync(dirname(full), { recursive: true });
    made.add(dirname(full));
    stageFile(full, file, 'cached');
  }
}

/** A full disk, a missing permission, a name too long: what the user can put right. */
function writeFailed(cause: Error, { folder }: Target): TsflaskError {
  return new TsflaskError(
    {
      code: 'WRITE_FAILED',
      problem: `${folder} cannot be written: ${reasonOf(cause)}.`,
      fix: 'Nothing was changed. Put that right, or give another folder.',
    },
    { cause },
  );
}

/** The sha256 of a content, as {@link stateOf} gives that of a file. */
export function digestOf(content: Content): string {
  return hash('sha256', content);
}
