import { relative } from 'node:path';
import { loadAnswersFile } from '../answers/answers-file.ts';
import { apply } from '../project/apply.ts';
import { createRepository } from '../project/git.ts';
import { installDependencies } from '../project/install.ts';
import { loadUserOverlays } from '../project/load-overlays.ts';
import { formatReplayCommand } from '../report/replay-command.ts';
import { styleFor } from '../report/style.ts';
import { formatDryRun, formatJsonReport, formatSummary, type Summary } from '../report/summary.ts';
import type { ExitCode, Terminal } from './command.ts';
import { decide } from './decide.ts';
import { flagSource, newFlags, onlyName } from './new-flags.ts';
import { isOn, parseFlags, textOf, textsOf, type ParsedFlags } from './parse-flags.ts';
import { prepareProject, questionsOf, type Prepared } from './prepare.ts';

/** `tsflask new NAME`: a repository in ./NAME. */
export async function runNew(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  // Overlays bring questions, and so flags: they are looked for first.
  const overlaySources = textsOf(parseFlags(argv, newFlags([]), 'pass'), 'overlay');
  const userOverlays = await loadUserOverlays(overlaySources, terminal.cwd);
  const questions = questionsOf(userOverlays.map(({ overlay }) => overlay));
  const flags = parseFlags(argv, newFlags(questions));
  const path = onlyName(flags.positionals);
  const file = textOf(flags, 'answers');
  const sources = [flagSource(flags, questions), ...(file === undefined ? [] : [await loadAnswersFile(file)])];
  const canAsk = terminal.isInteractive && !isOn(flags, 'yes');
  const fill = isOn(flags, 'yes') ? 'default' : canAsk ? terminal.prompts.question : 'fail';

  const prepared = await prepareProject({
    ...(path === undefined ? {} : { path }),
    cwd: terminal.cwd,
    sources,
    userOverlays,
    fill,
  });
  for (const warning of prepared.warnings) terminal.stderr.write(`! ${warning}\n`);
  const overwrite = isOn(flags, 'force') ? 'all' : canAsk ? { ask: terminal.prompts } : 'never';
  const files = await decide(prepared.plan, prepared.target, overwrite);
  const replay = formatReplayCommand(prepared.answers, questions, overlaySources);
  if (isOn(flags, 'dry-run')) {
    report({ plan: prepared.plan, folder: prepared.target.folder, replay, isDry: true }, flags, terminal);
    return 0;
  }
  await apply([...files, ...prepared.records], prepared.target);
  report({ ...(await finish(prepared, flags, terminal)), replay, isDry: false }, flags, terminal);
  return 0;
}

/** What follows the writing; nothing here can take the project away again. */
async function finish(
  { plan, target }: Prepared,
  flags: ParsedFlags,
  { cwd }: Terminal,
): Promise<Omit<Summary, 'replay' | 'isDry'>> {
  const output = isOn(flags, 'quiet') || isOn(flags, 'json') ? 'pipe' : 'inherit';
  const install = isOn(flags, 'skip-install') ? undefined : await installDependencies(target.folder, output);
  // After the install, so that the first commit holds the lock file.
  const git = isOn(flags, 'no-git') ? undefined : createRepository(target.folder, `Create ${String(plan.answers['name'])}`);
  const folder = relative(cwd, target.folder) || '.';
  return { plan, folder, ...(install && { install }), ...(git && { git }) };
}

function report(summary: Summary, flags: ParsedFlags, { stdout }: Terminal): void {
  if (isOn(flags, 'json')) stdout.write(formatJsonReport(summary));
  else if (!isOn(flags, 'quiet')) {
    const format = summary.isDry ? formatDryRun : formatSummary;
    stdout.write(format(summary, stdout.columns ?? 100, styleFor(stdout)));
  }
}
