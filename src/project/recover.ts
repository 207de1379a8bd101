import { existsSync, renameSync, rmSync } from 'node:fs';
import { count } from '../report/count.ts';
import { carryOut, changedSince, takeBack, type Place } from './carry-out.ts';
import { readJournal, writeJournal, type Journal } from './journal.ts';
import { localFolder, type LocalFolder } from './local-folder.ts';
import { takeLock } from './lock.ts';

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
 * @throws {@link TsflaskError} `LOCKED` while it is still running
 */
export function recover(project: string): Recovery | undefined {
  if (!existsSync(localFolder(project).pending)) return undefined;
  const lock = takeLock(project);
  try {
    return recoverLocked(project);
  } finally {
    lock.release();
  }
}

/** {@link recover} for whoever holds the lock. */
export function recoverLocked(project: string): Recovery | undefined {
  const local = localFolder(project);
  const place: Place = { project, folder: local.pending };
  if (!existsSync(local.pending)) return undefined;
  const journal = readJournal(local.pending);
  if (journal === undefined) {
    rmSync(local.pending, { recursive: true, force: true });
    return { kind: 'undone', paths: [], message: 'An earlier run was ended before it changed anything; its traces are gone.' };
  }
  const changed = journal.direction === 'on' ? changedSince(journal, place) : [];
  if (journal.direction === 'on' && changed.length === 0 && finishes(journal, place)) {
    closeJournal(journal, local);
    return finished(journal);
  }
  return undone(journal, takeBackWhole(journal, local), changed);
}

/** Takes a run back, and puts its traces away. @returns paths that somebody changed since, which stay as they are */
export function takeBackWhole(journal: Journal, local: LocalFolder): string[] {
  const place = { project: projectOf(local), folder: local.pending };
  writeJournal(local.pending, { ...journal, direction: 'back' });
  const left = takeBack(journal, place);
  if (left.length === 0) rmSync(local.pending, { recursive: true, force: true });
  else renameSync(local.pending, keptAside(local));
  return left;
}

/** Puts the traces of a run that is done where `--undo` finds them, or away. */
export function closeJournal({ isKept }: Journal, local: LocalFolder): void {
  if (!isKept) {
    rmSync(local.pending, { recursive: true, force: true });
    return;
  }
  rmSync(local.undo, { recursive: true, force: true });
  renameSync(local.pending, local.undo);
}

function finishes(journal: Journal, place: Place): boolean {
  try {
    carryOut(journal, place);
    return true;
  } catch {
    return false;
  }
}

function finished({ steps }: Journal): Recovery {
  const paths = steps.map(({ path }) => path);
  return {
    kind: 'finished',
    paths,
    message: `An earlier run was ended midway; it is finished now: ${count(paths.length, 'file')}.`,
  };
}

function undone({ steps }: Journal, left: readonly string[], changed: readonly string[]): Recovery {
  const why = changed.length === 0 ? '' : ` because of your changes to ${changed.join(', ')}`;
  const rest =
    left.length === 0 ? '' : ` Left as you changed them since: ${left.join(', ')}; their old texts are in .tsflask/local.`;
  const paths = steps.map(({ path }) => path);
  return { kind: 'undone', paths, message: `An earlier run was ended midway; it is taken back${why}.${rest}` };
}

function projectOf({ root }: LocalFolder): string {
  return root.slice(0, -'/.tsflask/local'.length);
}

function keptAside({ root }: LocalFolder): string {
  for (let number = 1; ; number += 1) {
    const path = `${root}/left-${number}`;
    if (!existsSync(path)) return path;
  }
}
