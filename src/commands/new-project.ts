import { isAbsolute, relative, resolve, sep } from 'node:path';
import { loadAnswersFile } from '../answers/answers-file.ts';
import type { Fill } from '../answers/answers.ts';
import type { FileToWrite } from '../project/apply.ts';
import { loadBuiltInOverlays } from '../project/built-in-overlays.ts';
import { loadUserOverlays } from '../project/load-overlays.ts';
import { formatReplayCommand } from '../report/replay-command.ts';
import { styleFor } from '../report/style.ts';
import { formatDryRun, formatJsonReport, formatSummary, type Summary } from '../report/summary.ts';
import type { Prompts, Terminal } from './command.ts';
import { decide } from './decide.ts';
import { flagSource, newFlags, onlyName } from './new-flags.ts';
import { isOn, textOf, textsOf, type ParsedFlags, type ReadFlags } from './parse-flags.ts';
import { nameSource, prepareProject, questionsOf, type Prepared } from './prepare.ts';

/** How `new` was called, on whichever command line. */
export interface Call {
  readonly readFlags: ReadFlags;
  readonly cwd: string;
  /** Gives nothing where nobody can be asked; called only when something is to be asked. */
  readonly findPrompts: () => Prompts | undefined;
}

/** A project on which everything is decided and of which nothing is written. */
export interface NewProject extends Pick<Prepared, 'plan' | 'target' | 'warnings'> {
  readonly flags: ParsedFlags;
  /** `--dry-run`: nothing is to be written. */
  readonly isDry: boolean;
  /** In the order in which they are to be written: the manifest is the last. */
  readonly files: readonly FileToWrite[];
  /** Paths of planned files that the user's own stand in place of. */
  readonly kept: readonly string[];
  /** The project's folder as the user would type it. */
  readonly folder: string;
  readonly replay: string;
}

/**
 * Flags, answers, plan and what happens to files that are there already.
 * @throws {@link TsflaskError} with every fault found; {@link Interrupted} when the user leaves a question
 */
export async function decideProject({ readFlags, cwd, findPrompts }: Call): Promise<NewProject> {
  // Overlays bring questions, and so flags: they are looked for first, on the command line and else in a manifest.
  const first = readFlags(newFlags([]), 'pass');
  const path = textOf(first, 'answers');
  const file = path === undefined ? undefined : await loadAnswersFile(resolve(cwd, path));
  const given = textsOf(first, 'overlay');
  const overlaySources = given.length > 0 ? given : (file?.overlays ?? []);
  const userOverlays = await loadUserOverlays(overlaySources, cwd);
  const overlays = [...loadBuiltInOverlays(), ...userOverlays.map(({ overlay }) => overlay)];
  const questions = questionsOf(overlays);
  const flags = readFlags(newFlags(questions), 'fail');
  const name = onlyName(flags.positionals);
  const sources = [
    flagSource(flags, questions),
    ...(name === undefined || flags.values.has('name') ? [] : [nameSource(name, cwd)]),
    ...(file ? [file.source] : []),
  ];
  const ask = isOn(flags, 'yes') ? undefined : findPrompts();
  const fill: Fill = isOn(flags, 'yes') ? 'default' : (ask?.question ?? 'fail');
  const request = { cwd, sources, overlays, userOverlays, questions, fill };
  const prepared = await prepareProject(name === undefined ? request : { ...request, path: name });
  const overwrite = isOn(flags, 'force') ? 'all' : ask === undefined ? 'never' : { ask };
  const { files, kept } = await decide(prepared.plan, prepared.target, overwrite);
  return {
    ...prepared,
    flags,
    isDry: isOn(flags, 'dry-run'),
    files: [...files, ...prepared.records],
    kept,
    folder: shownFolder(prepared.target.folder, cwd),
    replay: formatReplayCommand(prepared.answers, questions, overlaySources),
  };
}

/**
 * What follows the writing: `npm install`, the first commit, and the summary. Nothing here can take the project away again.
 */
export async function finishProject(project: NewProject, terminal: Pick<Terminal, 'stdout'>): Promise<void> {
  const { flags, isDry } = project;
  const summary: Summary = { ...project, ...(isDry ? {} : await runSteps(project)) };
  if (isOn(flags, 'json')) terminal.stdout.write(formatJsonReport(summary));
  else if (!isOn(flags, 'quiet')) {
    const { stdout } = terminal;
    const format = isDry ? formatDryRun : formatSummary;
    stdout.write(format(summary, stdout.columns ?? 100, styleFor(stdout)));
  }
}

async function runSteps({ plan, target, flags }: NewProject): Promise<Pick<Summary, 'install' | 'git'>> {
  const output = isOn(flags, 'quiet') || isOn(flags, 'json') ? 'pipe' : 'inherit';
  const steps: { -readonly [Step in 'install' | 'git']?: NonNullable<Summary[Step]> } = {};
  // Both start programs, and node's own module for that is slow to load where neither is wanted.
  if (!isOn(flags, 'skip-install')) {
    const { installDependencies } = await import('../project/install.ts');
    steps.install = await installDependencies(target.folder, output);
  }
  // After the install, so that the first commit holds the lock file.
  if (!isOn(flags, 'no-git')) {
    const { createRepository } = await import('../project/git.ts');
    steps.git = createRepository(target.folder, `Create ${String(plan.answers['name'])}`);
  }
  return steps;
}

/** Relative where it lies in the working folder, absolute where one would have to count `..`. */
function shownFolder(folder: string, cwd: string): string {
  const path = relative(cwd, folder);
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return folder;
  return path || '.';
}
