import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSystemError, TsflaskError } from '../error.ts';
import { digestOf, stageFile, untilInterrupted, type ApplyOptions, type FileStep } from './apply.ts';
import { carryOut } from './carry-out.ts';
import { missingFolders, placesOf, stateOf, syncFolder, writeJournal, type Journal } from './journal.ts';
import { localFolder, type LocalFolder } from './local-folder.ts';
import { takeLock } from './lock.ts';
import { closeJournal, recoverLocked, takeBackWhole } from './recover.ts';

/** {@link apply} into a folder that is there. */
export async function applyInside(steps: readonly FileStep[], project: string, options: ApplyOptions): Promise<void> {
  const lock = takeLock(project);
  const local = localFolder(project);
  try {
    recoverLocked(project);
    const journal = await prepare(steps, local, { project, options });
    finish(journal, local, project);
  } finally {
    lock.release();
  }
}

interface Run {
  readonly project: string;
  readonly options: ApplyOptions;
}

/** Stages everything and writes the journal, which is the point of no return. */
async function prepare(steps: readonly FileStep[], local: LocalFolder, { project, options }: Run): Promise<Journal> {
  let journal: Journal | undefined;
  try {
    await untilInterrupted(() => {
      // Removals go first, so that a folder can take the place of a file, and a name another case.
      const ordered = steps.toSorted((a, b) => Number(b.kind === 'remove') - Number(a.kind === 'remove'));
      checkUnchanged(ordered, project);
      journal = describe(ordered, { project, options });
      mkdirSync(join(local.pending, 'next'), { recursive: true });
      for (const [index, step] of ordered.entries())
        if (step.kind !== 'remove') stageFile(placesOf(local.pending, index).next, step, 'flush');
      syncFolder(join(local.pending, 'next'));
    });
    writeJournal(local.pending, journal!);
    return journal!;
  } catch (error) {
    rmSync(local.pending, { recursive: true, force: true });
    throw error;
  }
}

function describe(steps: readonly FileStep[], { project, options }: Run): Journal {
  return {
    direction: 'on',
    steps: steps.map((step) => ({
      kind: step.kind ?? 'write',
      path: step.path,
      before: stateOf(join(project, step.path)),
      after: step.kind === 'remove' ? 'absent' : digestOf(step.content),
    })),
    made: [...new Set(steps.flatMap(({ kind, path }) => (kind === 'remove' ? [] : missingFolders(project, path))))],
    isKept: options.undo === 'keep',
  };
}

function finish(journal: Journal, local: LocalFolder, project: string): void {
  try {
    carryOut(journal, { project, folder: local.pending });
  } catch (cause) {
    let left: readonly string[];
    try {
      left = takeBackWhole(journal, local);
    } catch (error) {
      throw undoFailed(cause, (error as Error).message, local);
    }
    if (left.length > 0) throw undoFailed(cause, `${left.join(', ')} changed meanwhile`, local);
    throw cause;
  }
  closeJournal(journal, local);
}

function checkUnchanged(steps: readonly FileStep[], project: string): void {
  const changed = steps.filter(({ path, expected }) => expected !== undefined && stateOf(join(project, path)) !== expected);
  if (changed.length === 0) return;
  throw new TsflaskError({
    code: 'CHANGED_MEANWHILE',
    problem: `Changed since this run looked at it: ${changed.map(({ path }) => path).join(', ')}.`,
    fix: 'Nothing was written. Run it again.',
  });
}

function undoFailed(cause: unknown, why: string, { root }: LocalFolder): TsflaskError {
  const first = isSystemError(cause) ? cause.message : String(cause);
  return new TsflaskError(
    {
      code: 'UNDO_FAILED',
      problem: `Writing failed (${first}), and so did putting your files back (${why}).`,
      fix: `Put that right and run any tsflask command in the project: it goes on. Old files are in ${root}.`,
    },
    { cause },
  );
}
