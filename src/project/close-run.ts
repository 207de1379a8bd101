import { renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { takeBack } from './carry-out.ts';
import { placesOf, turnBack, type Journal } from './journal.ts';
import { discard, type LocalFolder } from './local-folder.ts';
import { statsOf } from './path-state.ts';

/** Puts the traces of a run that is done where `--undo` finds them, or away. What fails here is done by the next command. */
export function closeRun({ whenDone }: Journal, local: LocalFolder): void {
  try {
    if (whenDone !== 'forget') discard(local.undo, local);
    if (whenDone === 'keep') {
      rmSync(join(local.pending, 'next'), { recursive: true, force: true });
      renameSync(local.pending, local.undo);
    } else discard(local.pending, local);
  } catch {
    // The project is as it is to be.
  }
}

/**
 * Takes a run back, and puts its traces away.
 * @returns in words: files that somebody changed since, which stay as they are, and where their old texts are; empty where there are none
 */
export function takeBackWhole(journal: Journal, local: LocalFolder, project: string): string {
  turnBack(local.pending);
  const left = takeBack(journal, { project, folder: local.pending });
  const hasOld = (index: number): boolean => statsOf(placesOf(local.pending, index).kept) !== undefined;
  const withOld = new Set(left.filter(hasOld));
  const aside = freePlace(local);
  if (withOld.size === 0) discard(local.pending, local);
  else renameSync(local.pending, aside);
  return left
    .map((index) => {
      const { path } = journal.steps[index]!;
      const old = relative(project, placesOf(aside, index).kept);
      return withOld.has(index) ? `${path} (before: ${old})` : path;
    })
    .join(', ');
}

function freePlace({ root }: LocalFolder): string {
  for (let number = 1; ; number += 1) {
    const path = join(root, `left-${number}`);
    if (statsOf(path) === undefined) return path;
  }
}
