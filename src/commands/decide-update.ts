import { TsflaskError } from '../error.ts';
import type { Call, Prompts } from './command.ts';
import { checkRoom } from '../project/check-room.ts';
import type { GitState } from '../project/git-state.ts';
import type { ConflictSides } from '../project/index-stages.ts';
import { nextRecords } from '../project/next-records.ts';
import { generatorVersion } from '../project/package-root.ts';
import { readCode } from '../project/read-code.ts';
import { count } from '../report/count.ts';
import type { UpdateSummary } from '../report/update-report.ts';
import { findBrokenImports } from '../update/broken-imports.ts';
import type { Change } from '../update/judge.ts';
import { listUnsettled, settle, type RemoveStep, type WriteStep } from '../update/settle.ts';
import { isOn, textsOf, type ParsedFlags } from './parse-flags.ts';
import { prepareUpdate, type PreparedUpdate } from './prepare-update.ts';
import { askToStage, resolveConflicts } from './resolve-conflicts.ts';
import { findUnresolved } from './unresolved.ts';
import { onConflictOf, pathMatcher, updateSwitches } from './update-flags.ts';

/** An update on which everything is decided and of which nothing is written. */
export interface Update extends UpdateSummary {
  readonly flags: ParsedFlags;
  /** In the order in which they are to be carried out: the manifest is the last. */
  readonly steps: readonly (WriteStep | RemoveStep)[];
  /** Conflicts that git is to be told of, when they are written. */
  readonly toStage: readonly ConflictSides[];
}

/**
 * Everything of an update but its writing.
 * @throws {@link TsflaskError} as {@link prepareUpdate} does; `UNCOMMITTED_CHANGES`, `GIT_BUSY`, `CONFLICTS_UNRESOLVED`,
 * `CONFLICTS_FOUND`, `RESTORE_UNKNOWN`, `TARGET_NOT_A_FILE`; {@link Interrupted} when the user leaves a question
 */
export async function decideUpdate({ readFlags, cwd, findPrompts, print }: Call): Promise<Update> {
  const ask = findPrompts();
  const prepared = await prepareUpdate({ readFlags, cwd, switches: updateSwitches, ask });
  const { flags, project } = prepared;
  const onConflict = onConflictOf(flags);
  checkRestored(prepared);
  const isSkipped = pathMatcher(textsOf(flags, 'skip'));
  const [skipped, changes] = isOn(flags, 'rebase') ? [[], []] : partition(prepared.changes, isSkipped);
  const isDry = isOn(flags, 'dry-run');
  const git = changes.some(isWriting) ? await readGit(project) : undefined;
  if (!isOn(flags, 'force')) {
    refuseUnresolved(changes);
    if (!isDry && git) await confirmDirty(git, ask);
  }
  const resolutions = await resolveConflicts(changes, onConflict ?? (isDry ? 'merge' : undefined), ask && { ask, print });
  const files = settle(changes, resolutions);
  const isMarked = ({ path }: Change): boolean => resolutions.get(path) === 'merge';
  const toStage = ask && git && !isDry ? await askToStage(changes.filter(isMarked), prepared.records.known, ask) : [];
  checkRoom(project, files);
  const records = nextRecords({ ...prepared, changes, skipped });
  const steps = files.length === 0 && records.every(({ isSame }) => isSame) ? [] : [...files, ...records.map(({ step }) => step)];
  return {
    ...prepared,
    changes,
    skipped,
    isDry,
    steps,
    toStage,
    resolutions,
    conflicts: listUnsettled(changes, resolutions),
    toVersion: generatorVersion,
    warnings: [
      ...prepared.warnings,
      ...notesOn({ changes, git, isAsking: ask !== undefined }),
      ...notesOnImports(project, files),
    ],
  };
}

function partition(changes: readonly Change[], isSkipped: (path: string) => boolean): [Change[], Change[]] {
  const skipped = changes.filter((change) => isSkipped(change.path) || (change.from !== undefined && isSkipped(change.from)));
  return [skipped, changes.filter((change) => !skipped.includes(change))];
}

/** Whether a change comes to more than words. */
export function isWriting({ next, fate }: Change): boolean {
  return next !== undefined || fate === 'removed' || fate === 'conflict';
}

// Starting a program takes as long as all the rest of an update that finds nothing to do.
async function readGit(project: string): Promise<GitState | undefined> {
  const { readGitState } = await import('../project/git-state.ts');
  return readGitState(project);
}

async function confirmDirty({ dirty, busy }: GitState, ask: Prompts | undefined): Promise<void> {
  const state = busy === undefined ? undefined : `The repository is in the middle of a ${busy}.`;
  const problem = state ?? `${count(dirty.length, 'file')} with changes that are not committed: ${nameSome(dirty)}.`;
  if (busy === undefined && dirty.length === 0) return;
  if (busy === undefined && ask !== undefined) {
    const answer = await ask.choice<'no' | 'yes'>(`${problem} Update all the same?`, [
      { value: 'no', label: 'No, write nothing' },
      { value: 'yes', label: 'Yes; `tsflask update --undo` takes it back' },
    ]);
    if (answer === 'yes') return;
  }
  throw new TsflaskError({
    code: busy === undefined ? 'UNCOMMITTED_CHANGES' : 'GIT_BUSY',
    problem,
    fix: busy === undefined ? 'Commit or stash them first, or use --force.' : `Finish the ${busy} first, or use --force.`,
  });
}

function nameSome(paths: readonly string[]): string {
  const shown = paths.slice(0, 5);
  return [...shown, ...(paths.length > shown.length ? [`${paths.length - shown.length} more`] : [])].join(', ');
}

function refuseUnresolved(changes: readonly Change[]): void {
  const unresolved = findUnresolved(changes.filter(isWriting));
  if (unresolved.length === 0) return;
  throw new TsflaskError({
    code: 'CONFLICTS_UNRESOLVED',
    problem: `Conflicts of the last update are still marked in ${unresolved.join(', ')}.`,
    fix: 'Settle them first, or use --force.',
  });
}

function checkRestored({ flags, changes }: PreparedUpdate): void {
  const unknown = textsOf(flags, 'restore').find((text) => !changes.map(({ path }) => path).some(pathMatcher([text])));
  if (unknown === undefined) return;
  throw new TsflaskError({
    code: 'RESTORE_UNKNOWN',
    problem: `--restore ${unknown}: nothing of that name is emitted for this project.`,
    fix: '`tsflask check` lists the files that are missing.',
  });
}

interface Circumstances {
  readonly changes: readonly Change[];
  readonly git: GitState | undefined;
  readonly isAsking: boolean;
}

function notesOn({ changes, git, isAsking }: Circumstances): string[] {
  const workflows = changes.filter((change) => isWriting(change) && change.path.startsWith('.github/workflows/'));
  const modes = changes.filter(
    ({ disk, next }) => disk?.kind === 'file' && next !== undefined && next.executable !== (disk.mode & 0o111) > 0,
  );
  return [
    ...(workflows.length > 0 && !isAsking
      ? [
          `${listPaths(workflows)}: GitHub takes changes of workflows only from a token that may write them. Without it, update with --skip .github/workflows.`,
        ]
      : []),
    ...(git?.ignoresModes === true
      ? modes.map(
          ({ path, next }) =>
            `git does not look at permission bits here (core.fileMode). Record that of ${path}: git update-index --chmod=${next!.executable ? '+' : '-'}x ${path}`,
        )
      : []),
  ];
}

/** Code of the user's may import what goes, of which neither a merge nor git knows anything. */
function notesOnImports(project: string, steps: readonly (WriteStep | RemoveStep)[]): string[] {
  const written = new Map(steps.flatMap((step) => (step.kind === 'write' ? [[step.path, step.content]] : [])));
  const gone = new Set(steps.flatMap(({ kind, path }) => (kind === 'remove' && !written.has(path) ? [path] : [])));
  if (gone.size === 0) return [];
  const files = Array.from(readCode(project))
    .filter(([path]) => !gone.has(path))
    .map(([path, text]) => [path, Buffer.from(written.get(path) ?? text).toString()] as const);
  return findBrokenImports(new Map(files), gone).map(
    ({ path, missing }) => `${path} imports ${missing}, which this update takes away. Import what took its place.`,
  );
}

function listPaths(changes: readonly Change[]): string {
  return changes.map(({ path }) => path).join(', ');
}
