import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, TsflaskError } from '../error.ts';
import { carryOut } from './carry-out.ts';
import { closeRun, takeBackWhole } from './close-run.ts';
import { holdSignals } from './hold-signals.ts';
import { placesOf, syncFile, syncFolder, writeJournal, type Journal } from './journal.ts';
import { discard, localFolder, type LocalFolder } from './local-folder.ts';
import { duplicate } from './move-file.ts';
import { statsOf } from './path-state.ts';

/** A run before its first byte is written. */
export interface Draft {
  readonly journal: Journal;
  /** Lays the new file of a step to a path. */
  readonly stage: (index: number, next: string) => void;
}

/**
 * Stages everything and writes the journal, which is the point of no return; then carries it out, or takes it back.
 * @param makeDraft - looks at the disk
 * @throws as `apply` does
 */
export async function runJournal(project: string, makeDraft: () => Draft): Promise<void> {
  const local = localFolder(project);
  await holdSignals(async (checkpoint) => {
    let journal: Journal;
    try {
      const draft = makeDraft();
      ({ journal } = draft);
      stageAll(draft, project, local.pending);
      await checkpoint();
      writeJournal(local.pending, journal);
    } catch (error) {
      discard(local.pending, local);
      throw error;
    }
    finish(journal, local, project);
  });
}

function stageAll({ journal: { steps }, stage }: Draft, project: string, folder: string): void {
  for (const name of ['next', 'kept']) mkdirSync(join(folder, name), { recursive: true });
  for (const [index, { kind, path, before }] of steps.entries()) {
    const { next, kept } = placesOf(folder, index);
    // That a removal is not done yet shows in the same way.
    if (kind === 'remove') writeFileSync(next, '');
    else stage(index, next);
    if (before !== 'absent') duplicate(join(project, path), kept);
  }
  // All at once after all are written: then the first carries most of the others along.
  for (const index of steps.keys()) {
    const { next } = placesOf(folder, index);
    if (statsOf(next)!.isFile()) syncFile(next);
  }
  for (const name of ['next', 'kept']) syncFolder(join(folder, name));
}

function finish(journal: Journal, local: LocalFolder, project: string): void {
  const place = { project, folder: local.pending };
  try {
    carryOut(journal, place);
  } catch (cause) {
    let left: string;
    try {
      left = takeBackWhole(journal, local, project);
    } catch (error) {
      throw undoFailed(cause, error, local);
    }
    if (left !== '') throw leftSome(cause, left);
    throw cause;
  }
  closeRun(journal, local);
}

function undoFailed(cause: unknown, error: unknown, { root }: LocalFolder): TsflaskError {
  return new TsflaskError(
    {
      code: 'UNDO_FAILED',
      problem: `Writing failed (${reasonOf(cause)}), and so did putting your files back (${reasonOf(error)}).`,
      fix: `Put that right and run any tsflask command in the project: it goes on. Old files are in ${root}.`,
    },
    { cause },
  );
}

function leftSome(cause: unknown, left: string): TsflaskError {
  return new TsflaskError(
    {
      code: 'WRITE_FAILED',
      problem: `Writing failed (${reasonOf(cause)}), and meanwhile somebody changed files that were written already.`,
      fix: `These stay as they are: ${left}. All others are as they were.`,
    },
    { cause },
  );
}
