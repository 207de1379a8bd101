import { TsflaskError } from '../error.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import type { FileToWrite } from '../project/apply.ts';
import { checkRoom } from '../project/check-room.ts';
import { basePath, manifestPath } from '../project/manifest.ts';
import { generatorVersion } from '../project/package-root.ts';
import { checkInside } from '../project/path-state.ts';
import { readEntries } from '../project/read-entries.ts';
import { recover } from '../project/recover.ts';
import type { Target } from '../project/target.ts';
import { count } from '../report/count.ts';
import type { Change } from '../update/judge.ts';
import { listUnsettled, settle, type Resolution, type Unsettled } from '../update/settle.ts';
import { survey } from '../update/survey.ts';
import type { Menu } from './conflict-menu.ts';
import { describeEntries } from './enter-folder.ts';
import { resolveConflicts } from './resolve-conflicts.ts';

/** Where the user's own files may be replaced: never unasked. `show` is for a run that writes nothing. */
export type Overwrite = Menu | 'all' | 'never' | 'show';

export interface Decision {
  /** To be written: not those that are there already. */
  readonly files: readonly FileToWrite[];
  /** Paths of planned files that the user's own stand in place of. */
  readonly kept: readonly string[];
  /** Paths of the user's files that are, or on a dry run would be, replaced. */
  readonly overwritten: readonly string[];
  /** What the user has to settle afterwards. */
  readonly conflicts: readonly Unsettled[];
  /** What else is to be said. */
  readonly notes: readonly string[];
}

/**
 * Settles what happens to each planned file of a folder that is not empty, before anything is written.
 * @throws {@link TsflaskError} `TARGET_NOT_EMPTY` when nobody can be asked, `PATH_UNSAFE`, `TARGET_NOT_A_FILE`; {@link Interrupted}
 * when the user says no
 */
export async function decide(planned: Plan, target: Target, overwrite: Overwrite): Promise<Decision> {
  // A run that is to write nothing does not finish another one either.
  const recovery = overwrite === 'show' ? undefined : recover(target.folder);
  const changes = surveyFolder(planned.files, target.folder);
  const taken = changes.filter(({ fate }) => fate === 'conflict');
  if (overwrite === 'never') throw notEmpty(target, taken);
  const isAsking = typeof overwrite !== 'string';
  const resolutions = await resolveConflicts(changes, isAsking ? undefined : 'overwrite', isAsking ? overwrite : undefined);
  const files = settle(changes, resolutions);
  const settledAs = (resolution: Resolution): string[] =>
    taken.map(({ path }) => path).filter((path) => resolutions.get(path) === resolution);
  return {
    files: files.filter((step) => step.kind === 'write'),
    kept: settledAs('keep'),
    overwritten: settledAs('overwrite'),
    conflicts: listUnsettled(changes, resolutions),
    notes: recovery === undefined ? [] : [recovery.message],
  };
}

/** Nothing in the folder was emitted, so that what differs is the user's, an example of ours among it. */
function surveyFolder(files: readonly PlannedFile[], folder: string): Change[] {
  const paths = [...files.map(({ path }) => path), basePath, manifestPath];
  checkInside(folder, paths);
  checkRoom(
    folder,
    paths.map((path) => ({ kind: 'write', path })),
  );
  return survey({
    known: new Map(),
    planned: files.map((file) => ({ ...file, policy: 'managed' })),
    disk: readEntries(folder, paths),
    renamed: {},
    labels: { ours: 'yours', base: 'nothing', theirs: `tsflask ${generatorVersion}` },
  });
}

function notEmpty(target: Target, taken: readonly Change[]): TsflaskError {
  const differing = taken.length === 0 ? '' : ` ${count(taken.length, 'file')} of it would be overwritten.`;
  return new TsflaskError({
    code: 'TARGET_NOT_EMPTY',
    problem: `${target.folder} ${describeEntries(target)}.${differing}`,
    fix: 'Give another name, empty the folder, or use --force to overwrite; --dry-run shows what that would do.',
  });
}
