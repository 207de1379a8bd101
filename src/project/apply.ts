import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Interrupted, isSystemError, reasonOf, TsflaskError } from '../error.ts';
import type { Content } from '../plan/overlay.ts';
import type { Target } from './target.ts';

export interface FileToWrite {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly content: Content;
  readonly executable?: boolean;
}

/**
 * Writes all files or none. They are staged first: a new project appears with one rename; into an existing folder each file is
 * moved by a rename, and what was moved is put back if one of them fails.
 * @param files - written in this order, so the manifest goes last
 * @throws {@link Interrupted} when SIGINT came before the first file was in its place; {@link TsflaskError} `WRITE_FAILED` with what
 * the system says, or `UNDO_FAILED` when the user's files could not be put back and lie in the staging folder
 */
export async function apply(files: readonly FileToWrite[], target: Target): Promise<void> {
  try {
    await stageAndSwap(files, target);
  } catch (error) {
    throw isSystemError(error) ? writeFailed(error, target) : error;
  }
}

async function stageAndSwap(files: readonly FileToWrite[], target: Target): Promise<void> {
  const parent = target.exists ? target.folder : dirname(target.folder);
  const made = mkdirSync(parent, { recursive: true });
  let staging = made;
  let interrupted = false;
  // With a listener, Ctrl-C waits for the event loop, which is ours until the staging is done.
  const onInterrupt = (): void => void (interrupted = true);
  process.on('SIGINT', onInterrupt);
  try {
    staging = mkdtempSync(join(parent, `.${basename(target.folder)}.tsflask-`));
    stage(files, join(staging, 'next'));
    // Signals are delivered between two rounds of the loop; the first round may have begun before we did.
    await setImmediate();
    await setImmediate();
    if (interrupted) throw new Interrupted();
    if (target.exists) swapIn(files, staging, target.folder);
    else renameSync(join(staging, 'next'), target.folder);
    rmSync(staging, { recursive: true, force: true });
  } catch (error) {
    const leftover = made ?? staging;
    if (leftover !== undefined && !isUndoFailure(error)) rmSync(leftover, { recursive: true, force: true });
    throw error;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

function stage(files: readonly FileToWrite[], folder: string): void {
  // mkdtemp makes private folders; a project gets the user's usual permissions.
  mkdirSync(folder);
  const made = new Set<string>();
  for (const { path, content, executable } of files) {
    const full = join(folder, path);
    if (!made.has(dirname(full))) mkdirSync(dirname(full), { recursive: true });
    made.add(dirname(full));
    // With the encoding said, node writes a text in one step instead of three.
    writeFileSync(full, content, { encoding: 'utf8', mode: executable ? 0o777 : 0o666 });
  }
}

/** Moves staged files over existing ones; on failure moves everything back. */
function swapIn(files: readonly FileToWrite[], staging: string, folder: string): void {
  const undo: (() => void)[] = [];
  try {
    for (const [index, { path }] of files.entries()) {
      const full = join(folder, path);
      const made = mkdirSync(dirname(full), { recursive: true });
      if (made !== undefined) undo.push(() => rmSync(made, { recursive: true }));
      if (existsSync(full)) {
        const kept = join(staging, `kept-${index}`);
        renameSync(full, kept);
        undo.push(() => renameSync(kept, full));
      }
      renameSync(join(staging, 'next', path), full);
      undo.push(() => rmSync(full));
    }
  } catch (cause) {
    undoAll(undo, staging, cause);
    throw cause;
  }
}

function undoAll(steps: readonly (() => void)[], staging: string, cause: unknown): void {
  try {
    for (const step of steps.toReversed()) step();
  } catch (error) {
    throw new TsflaskError(
      {
        code: 'UNDO_FAILED',
        problem: `Writing failed (${(cause as Error).message}), and so did putting your files back (${(error as Error).message}).`,
        fix: `Those that are missing are in ${staging}.`,
      },
      { cause },
    );
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

function isUndoFailure(error: unknown): boolean {
  return error instanceof TsflaskError && error.code === 'UNDO_FAILED';
}
