import { join } from 'node:path';
import { isSystemError, TsflaskError } from '../error.ts';
import { withModes } from './describe-run.ts';
import { placesOf, readJournal, type Journal, type JournalStep } from './journal.ts';
import { localFolder } from './local-folder.ts';
import { takeLock } from './lock.ts';
import { basePath, manifestPath } from './manifest.ts';
import { duplicate } from './move-file.ts';
import { checkInside, fold, stateOf, statsOf } from './path-state.ts';
import { refuseUnfinished } from './recover.ts';
import { runJournal, type Draft } from './run-journal.ts';
import { writeFailed } from './write-failed.ts';

/** What the undoing of an update came to; the project's own records are not in it. */
export interface Undone {
  readonly restored: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Takes the last update back, whole, by a run of its own: it is as safe from a crash, and once it is undone it is gone.
 * @throws {@link TsflaskError} `UNDO_NOTHING` where none is kept; `UNDO_IMPOSSIBLE` naming each file that was changed since; and as
 * `apply` does
 */
export async function undoLast(project: string): Promise<Undone> {
  const local = localFolder(project);
  if (statsOf(local.undo) === undefined) throw nothing();
  const lock = takeLock(project);
  try {
    refuseUnfinished(project);
    const journal = readJournal(local.undo)?.journal;
    if (journal === undefined) throw nothing();
    await runJournal(project, () => reverse(journal, local.undo, project));
    const files = journal.steps.filter(({ path }) => path !== manifestPath && path !== basePath);
    const pathsOf = (isNew: boolean): string[] =>
      files.filter(({ before }) => (before === 'absent') === isNew).map(({ path }) => path);
    return { restored: pathsOf(false), removed: pathsOf(true) };
  } catch (error) {
    throw isSystemError(error) ? writeFailed(error, project) : error;
  } finally {
    lock.release();
  }
}

/** The run that takes another one back. */
function reverse(journal: Journal, undo: string, project: string): Draft {
  checkInside(
    project,
    journal.steps.map(({ path }) => path),
  );
  checkUntouched(journal, project);
  const all = [...journal.steps.entries()].map(([index, step]) => ({ kept: placesOf(undo, index).kept, step }));
  const turned = [
    ...all.filter(({ step }) => step.before === 'absent' && step.after !== 'absent'),
    ...all.filter(({ step }) => step.before !== 'absent'),
  ];
  const folders = journal.emptied.filter(({ path }) => statsOf(join(project, path))?.isDirectory() !== true);
  return {
    journal: {
      version: 1,
      steps: turned.map(({ step, kept }) => turn(step, kept)),
      made: folders,
      emptied: withModes(
        journal.made.map(({ path }) => path),
        project,
      ),
      whenDone: 'drop-undo',
    },
    stage: (index, next) => duplicate(turned[index]!.kept, next),
  };
}

function turn({ path, before, after }: JournalStep, kept: string): JournalStep {
  if (before === 'absent') return { kind: 'remove', path, before: after, after: 'absent' };
  return { kind: 'write', path, before: after, after: stateOf(kept) };
}

/** A folder that the update made in place of a file, and a name that differs in case alone, are no changes. */
function checkUntouched({ steps, made }: Journal, project: string): void {
  const folders = new Set(made.map(({ path }) => path));
  const written = new Set(steps.filter(({ kind }) => kind === 'write').map(({ path }) => fold(path)));
  const changed = steps.filter(({ kind, path, after }) => {
    const state = stateOf(join(project, path));
    if (state === after) return false;
    return kind === 'write' || !(state === 'folder' ? folders.has(path) : written.has(fold(path)));
  });
  if (changed.length === 0) return;
  throw new TsflaskError({
    code: 'UNDO_IMPOSSIBLE',
    problem: `Changed since the update: ${changed.map(({ path }) => path).join(', ')}.`,
    fix: 'Nothing was undone. Take the changes back first, or take the files back from git.',
  });
}

function nothing(): TsflaskError {
  return new TsflaskError({
    code: 'UNDO_NOTHING',
    problem: 'No update is kept that could be taken back: only the last one is, until it is undone, on the machine that ran it.',
    fix: 'Take the files back from git.',
  });
}
