import type { ApplyOptions, FileStep } from './apply.ts';
import { describeRun } from './describe-run.ts';
import { takeLock } from './lock.ts';
import { refuseUnfinished } from './recover.ts';
import { runJournal } from './run-journal.ts';
import { stageFile } from './stage-file.ts';

/** `apply` into a folder that is there. */
export async function applyInside(steps: readonly FileStep[], project: string, { undo }: ApplyOptions): Promise<void> {
  const lock = takeLock(project);
  try {
    refuseUnfinished(project);
    // Removals go first, so that a folder can take the place of a file, and a name another case.
    const ordered = steps.toSorted((a, b) => Number(b.kind === 'remove') - Number(a.kind === 'remove'));
    await runJournal(project, () => ({
      journal: describeRun(ordered, project, undo === 'keep' ? 'keep' : 'forget'),
      stage: (index, next) => {
        const step = ordered[index]!;
        if (step.kind !== 'remove') stageFile(next, step);
      },
    }));
  } finally {
    lock.release();
  }
}
