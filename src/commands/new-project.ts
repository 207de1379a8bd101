import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Answers, Fill } from '../answers/answers.ts';
import type { FileToWrite } from '../project/apply.ts';
import { checkWritable, inspectTarget } from '../project/target.ts';
import type { Workspace } from '../project/workspace.ts';
import { formatReplayCommand } from '../report/replay-command.ts';
import type { Call } from './command.ts';
import type { Menu } from './conflict-menu.ts';
import type { Decision, Overwrite } from './decide.ts';
import { createInterview, type Interview } from './interview.ts';
import { isOn, type ParsedFlags } from './parse-flags.ts';
import { prepareProject, type Prepared } from './prepare.ts';
import { readCall, type ReadCall } from './read-call.ts';
import { withReplay } from './report-error.ts';
import { surveySurroundings, type Join } from './surroundings.ts';

/** A project on which everything is decided and of which nothing is written. */
export interface NewProject extends Pick<Prepared, 'plan' | 'target' | 'warnings'>, Omit<Decision, 'files' | 'notes'> {
  readonly flags: ParsedFlags;
  /** `--dry-run`: nothing is to be written. */
  readonly isDry: boolean;
  /** In the order in which they are to be written: the manifest is the last. */
  readonly files: readonly FileToWrite[];
  /** The project's folder as the user would type it. */
  readonly folder: string;
  readonly replay: string;
  /** The workspace that it is, or is to become, a member of. */
  readonly workspace?: Workspace;
}

/**
 * Flags, answers, plan and what happens to files that are there already.
 * @throws {@link TsflaskError} with every fault found; {@link Interrupted} when the user leaves a question. Where somebody was
 * asked, the error knows how to go on from there.
 */
export async function decideProject({ readFlags, cwd, findPrompts, print }: Call): Promise<NewProject> {
  const call = await readCall(readFlags, cwd);
  const ask = isOn(call.flags, 'yes') ? undefined : findPrompts();
  const interview =
    ask &&
    createInterview(ask, {
      findTarget: (answers) => {
        const target = inspectTarget(resolve(cwd, call.path ?? String(answers['name'])));
        if (!isOn(call.flags, 'dry-run')) checkWritable(target);
        return target;
      },
      asksToEnter: !isOn(call.flags, 'force') && !isOn(call.flags, 'dry-run'),
    });
  try {
    return await decideCall(call, { cwd, ...(interview ? { interview } : {}) }, overwriteOf(call, ask && { ask, print }));
  } catch (error) {
    const answers = interview?.answered();
    throw answers ? withReplay(error, replayOfCall(call, answers, 'open')) : error;
  }
}

interface Circumstances {
  readonly cwd: string;
  readonly interview?: Interview;
}

async function decideCall(call: ReadCall, { cwd, interview }: Circumstances, overwrite: Overwrite): Promise<NewProject> {
  const { flags } = call;
  const fill: Fill = isOn(flags, 'yes') ? 'default' : (interview?.fill ?? 'fail');
  const prepared = await prepareProject({ ...call, cwd, fill });
  await interview?.enter(prepared.answers);
  const decision = await decideFiles(prepared, overwrite);
  const { workspace, notes } = await surveySurroundings(prepared.plan, prepared.target, joinOf(flags, overwrite));
  const joins = workspace !== undefined && !workspace.isMember;
  return {
    ...prepared,
    ...decision,
    ...(workspace ? { workspace } : {}),
    warnings: [...decision.notes, ...prepared.warnings, ...notes],
    flags,
    isDry: isOn(flags, 'dry-run'),
    files: [...decision.files, ...prepared.records],
    folder: shownFolder(prepared.target.folder, cwd),
    replay: `${replayOfCall(call, prepared.answers, 'complete')}${joins ? ' --workspace' : ''}`,
  };
}

/** What compares and merges files takes time to load, and most projects go where nothing is. */
async function decideFiles({ plan, target }: Prepared, overwrite: Overwrite): Promise<Decision> {
  if (target.entries.length === 0) return { files: plan.files, kept: [], overwritten: [], conflicts: [], notes: [] };
  const { decide } = await import('./decide.ts');
  return decide(plan, target, overwrite);
}

function joinOf(flags: ParsedFlags, overwrite: Overwrite): Join {
  if (isOn(flags, 'workspace')) return 'join';
  return typeof overwrite === 'string' || flags.values.has('workspace') ? 'stay' : { ask: overwrite.ask };
}

function overwriteOf({ flags }: ReadCall, menu: Menu | undefined): Overwrite {
  if (isOn(flags, 'force')) return 'all';
  if (isOn(flags, 'dry-run')) return 'show';
  return menu ?? 'never';
}

function replayOfCall(call: ReadCall, answers: Answers, state: 'open' | 'complete'): string {
  const { questions, overlaySources: overlays, path } = call;
  const isComplete = state === 'complete';
  return formatReplayCommand({ answers, questions, overlays, isComplete, ...(path === undefined ? {} : { path }) });
}

/** Relative where it lies in the working folder, absolute where one would have to count `..`. */
function shownFolder(folder: string, cwd: string): string {
  const path = relative(cwd, folder);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return folder;
  return path || '.';
}
