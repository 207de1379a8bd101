import type { Call, ExitCode, Terminal } from './command.ts';
import { decideUpdate, type Update } from './decide-update.ts';
import { isOn, type Flag } from './parse-flags.ts';
import { reasonOf } from '../error.ts';
import { apply } from '../project/apply.ts';
import { inspectTarget } from '../project/target.ts';
import { findProject } from '../project/read-records.ts';
import { recover } from '../project/recover.ts';
import { formatParagraphs } from '../report/paragraphs.ts';
import { formatJsonUpdate, formatUndone, formatUpdate } from '../report/update-report.ts';
import { styleFor } from '../report/style.ts';
import { widthOf } from '../report/wrap.ts';
import { terminalCall } from './terminal-call.ts';
import { updateSwitches, withQuestions } from './update-flags.ts';

/** `tsflask update`: brings the project to the generator's version and to changed answers. */
export async function runUpdate(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const call = terminalCall(argv, terminal);
  if (isOn(call.readFlags(withQuestions([], updateSwitches), 'pass'), 'undo')) return undoUpdate(call, terminal.stdout);
  const update = await decideUpdate(call);
  if (!update.isDry && update.steps.length > 0) await apply(update.steps, inspectTarget(update.project), { undo: 'keep' });
  return reportUpdate(update, terminal);
}

/** Prints what became of every file, and tells git what it is to know. @returns 2 where conflicts are left for the user */
export async function reportUpdate(update: Update, { stdout, stderr }: Pick<Terminal, 'stdout' | 'stderr'>): Promise<ExitCode> {
  const { flags } = update;
  if (isOn(flags, 'json')) stdout.write(formatJsonUpdate(update));
  else if (isOn(flags, 'quiet'))
    stderr.write(formatUpdate(update, 'problems', { width: widthOf(stderr), style: styleFor(stderr) }));
  else stdout.write(formatUpdate(update, 'all', { width: widthOf(stdout), style: styleFor(stdout) }));
  await tellGit(update, stderr);
  return update.conflicts.length > 0 ? 2 : 0;
}

/** The update is written, whatever git says to this. */
async function tellGit({ project, toStage }: Update, stderr: NodeJS.WriteStream): Promise<void> {
  if (toStage.length === 0) return;
  const { stageConflicts } = await import('../project/index-stages.ts');
  try {
    stageConflicts(project, toStage);
  } catch (error) {
    const text = `The conflicts are marked in their files, but git was not told of them: ${reasonOf(error)}.`;
    stderr.write(formatParagraphs([text], { width: widthOf(stderr), style: styleFor(stderr) }));
  }
}

// It takes back what was written, whatever the answers were.
const undoFlags: readonly Flag[] = updateSwitches.filter(({ name }) => ['undo', 'json', 'quiet', 'help'].includes(name));

/**
 * `update --undo`, which is no update: it takes files back that are on the disk.
 * @throws {@link TsflaskError} as `undoLast` does
 */
export async function undoUpdate(
  { readFlags, cwd }: Pick<Call, 'readFlags' | 'cwd'>,
  stdout: NodeJS.WriteStream,
): Promise<ExitCode> {
  const flags = readFlags(undoFlags, 'fail');
  const project = findProject(cwd);
  const recovery = recover(project);
  const { undoLast } = await import('../project/undo.ts');
  const undone = await undoLast(project);
  if (isOn(flags, 'json')) stdout.write(`${JSON.stringify({ project, recovery, ...undone }, null, 2)}\n`);
  else if (!isOn(flags, 'quiet'))
    stdout.write(formatUndone(undone, recovery, { width: widthOf(stdout), style: styleFor(stdout) }));
  return 0;
}
