import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, TsflaskError } from '../error.ts';
import { count } from '../report/count.ts';
import { carryOut, divergedFrom } from './carry-out.ts';
import { closeRun, takeBackWhole } from './close-run.ts';
import { readJournal, type Journal } from './journal.ts';
import { discard, localFolder, tracesIn, type LocalFolder } from './local-folder.ts';
import { takeLock } from './lock.ts';
import { statsOf } from './path-state.ts';

/** What became of a run that was killed. */
export interface Recovery {
  readonly kind: 'finished' | 'undone';
  /** Files that it changed, or would have. */
  readonly paths: readonly string[];
  /** A sentence or two for a person. */
  readonly message: string;
}

/**
 * Finishes or takes back what a killed run left, so that a project is as it was or as it was to be.
 * @returns nothing where there is nothing to recover
 * @throws {@link TsflaskError} `LOCKED` while it is still running, `UNDO_FAILED` where neither can be done, `JOURNAL_DAMAGED`,
 * `PATH_UNSAFE`, `WRITE_FAILED`
 */
export function recover(project: string): Recovery | undefined {
  const traces = tracesIn(localFolder(project));
  if (traces.length === 0) return undefined;
  try {
    const lock = takeLock(project);
    try {
      return recoverLocked(project);
    } finally {
      lock.release();
    }
  } catch (error) {
    // A lock or a rest is nothing that a command would have to wait for.
    if (traces.includes('pending')) throw error;
    return undefined;
  }
}

/**
 * Recovers, for whoever holds the lock, and gives up where files changed by that: what was decided may not fit them.
 * @throws {@link TsflaskError} `CHANGED_MEANWHILE`
 */
export function refuseUnfinished(project: string): void {
  const recovery = recoverLocked(project);
  if (recovery === undefined || recovery.paths.length === 0) return;
  throw new TsflaskError({
    code: 'CHANGED_MEANWHILE',
    problem: recovery.message,
    fix: 'Nothing else was written. Run it again.',
  });
}

function recoverLocked(project: string): Recovery | undefined {
  const local = localFolder(project);
  removeRests(local);
  if (statsOf(local.pending) === undefined) return undefined;
  const found = readJournal(local.pending);
  if (found === undefined) {
    discard(local.pending, local);
    return { kind: 'undone', paths: [], message: 'An earlier run was ended before it changed anything; its traces are gone.' };
  }
  const { journal, direction } = found;
  const paths = journal.steps.map(({ path }) => path);
  const obstacle = direction === 'back' ? '' : finish(journal, local, project);
  if (obstacle === undefined) {
    const message = `An earlier run was ended midway; it is finished now: ${count(paths.length, 'file')}.`;
    return { kind: 'finished', paths, message };
  }
  const left = undo(journal, obstacle, { local, project });
  const rest = left === '' ? '' : ` Left as you changed them since: ${left}.`;
  return { kind: 'undone', paths, message: `An earlier run was ended midway; it is taken back${obstacle}.${rest}` };
}

/** @returns what is in the way, in words; nothing where there is nothing */
function finish(journal: Journal, local: LocalFolder, project: string): string | undefined {
  const place = { project, folder: local.pending };
  const changed = divergedFrom(journal, place);
  if (changed.length > 0) return ` because of your changes to ${changed.join(', ')}`;
  try {
    carryOut(journal, place);
  } catch (error) {
    return `, for it cannot be finished: ${reasonOf(error)}`;
  }
  closeRun(journal, local);
  return undefined;
}

interface Unfinished {
  readonly local: LocalFolder;
  readonly project: string;
}

function undo(journal: Journal, obstacle: string, { local, project }: Unfinished): string {
  try {
    return takeBackWhole(journal, local, project);
  } catch (cause) {
    if (cause instanceof TsflaskError) throw cause;
    throw new TsflaskError(
      {
        code: 'UNDO_FAILED',
        problem: `An earlier run was ended midway${obstacle}. Taking it back failed, too: ${reasonOf(cause)}.`,
        fix: `Put that right and run any tsflask command in the project: it goes on. Old files are in ${local.root}.`,
      },
      { cause },
    );
  }
}

/** What was being deleted, and locks in the making. */
function removeRests({ root, waste, takeover }: LocalFolder): void {
  const rests = tracesIn({ root }).filter((name) => name.startsWith('lock-'));
  for (const path of [waste, takeover, ...rests.map((name) => join(root, name))]) rmSync(path, { recursive: true, force: true });
}
