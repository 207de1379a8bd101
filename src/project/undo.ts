import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { TsflaskError } from '../error.ts';
import { readJournal, stateOf, writeJournal } from './journal.ts';
import { localFolder } from './local-folder.ts';
import { takeLock } from './lock.ts';
import { takeBackWhole } from './recover.ts';
import { manifestPath, basePath } from './manifest.ts';

/** What the undoing of an update came to; the project's own records are not in it. */
export interface Undone {
  readonly restored: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Takes the last update back, whole.
 * @throws {@link TsflaskError} `UNDO_NOTHING` where none is kept; `UNDO_IMPOSSIBLE` naming each file that was changed since; `LOCKED`
 */
export function undoLast(project: string): Undone {
  const local = localFolder(project);
  if (!existsSync(local.undo)) {
    throw new TsflaskError({
      code: 'UNDO_NOTHING',
      problem:
        'No update is kept that could be taken back: only the last one is, until it is undone, on the machine that ran it.',
      fix: 'Take the files back from git.',
    });
  }
  const lock = takeLock(project);
  try {
    const journal = readJournal(local.undo)!;
    const changed = journal.steps.filter(({ path, after }) => stateOf(join(project, path)) !== after);
    if (changed.length > 0) throw impossible(changed.map(({ path }) => path));
    writeJournal(local.undo, { ...journal, direction: 'back' });
    renameSync(local.undo, local.pending);
    takeBackWhole(journal, local);
    const files = journal.steps.filter(({ path }) => path !== manifestPath && path !== basePath);
    return {
      restored: files.filter(({ before }) => before !== 'absent').map(({ path }) => path),
      removed: files.filter(({ before }) => before === 'absent').map(({ path }) => path),
    };
  } finally {
    lock.release();
  }
}

function impossible(paths: readonly string[]): TsflaskError {
  return new TsflaskError({
    code: 'UNDO_IMPOSSIBLE',
    problem: `Changed since the update: ${paths.join(', ')}.`,
    fix: 'Nothing was undone. Take the changes back first, or take the files back from git.',
  });
}
