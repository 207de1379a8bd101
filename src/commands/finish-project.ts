import type { GitResult } from '../project/git.ts';
import type { InstallResult } from '../project/install.ts';
import { joinWorkspace, type JoinResult } from '../project/workspace.ts';
import { progressLine } from '../report/progress.ts';
import { styleFor } from '../report/style.ts';
import { formatDryRun, formatJsonReport, formatProblems, formatSummary, type Summary } from '../report/summary.ts';
import { formatUnsettled } from '../report/unsettled.ts';
import { widthOf } from '../report/wrap.ts';
import type { ExitCode, Terminal } from './command.ts';
import type { NewProject } from './new-project.ts';
import { isOn } from './parse-flags.ts';

type Output = Pick<Terminal, 'stdout' | 'stderr'>;

/** What became of the steps; one that was left out on request is not in it. */
interface Steps {
  readonly join?: JoinResult;
  readonly install?: InstallResult;
  readonly git?: GitResult;
}

/** What follows the writing: the workspace's list, `npm install` and the first commit. Nothing here can take the project away again. */
export async function finishProject(project: NewProject, output: Output): Promise<Steps> {
  const steps: { -readonly [Step in keyof Steps]: Steps[Step] } = {};
  const { plan, target, flags, workspace } = project;
  if (project.isDry) return steps;
  if (workspace && !workspace.isMember) steps.join = await joinWorkspace(workspace);
  // What is marked may be package.json, and nobody wants a commit of it.
  if (project.conflicts.length > 0) return steps;
  // Both start programs, and node's own module for that is slow to load where neither is wanted.
  if (!isOn(flags, 'skip-install')) {
    const { installDependencies } = await import('../project/install.ts');
    const isSilent = isOn(flags, 'quiet') || isOn(flags, 'json');
    const progress = isSilent ? undefined : progressLine(output.stderr);
    steps.install = await installDependencies(target.folder, {
      manager: workspace?.manager ?? 'npm',
      onProgress: (text) => progress?.show(text),
    });
    progress?.clear();
  }
  // After the install, so that the first commit holds the lock file.
  if (!isOn(flags, 'no-git')) {
    const { createRepository } = await import('../project/git.ts');
    steps.git = createRepository(target.folder, `Create ${String(plan.answers['name'])}`);
  }
  return steps;
}

/** Prints the summary. @returns 1 where a step failed, though the project is written: a script may count on the others; 2 with conflicts */
export function reportProject(project: NewProject, steps: Steps, { stdout, stderr }: Output): ExitCode {
  const { flags, isDry } = project;
  const summary: Summary = { ...project, ...steps };
  if (isOn(flags, 'json')) stdout.write(formatJsonReport(summary));
  else if (isOn(flags, 'quiet')) {
    const style = styleFor(stderr);
    stderr.write(formatProblems(steps, widthOf(stderr), style) + formatUnsettled(project.conflicts, { style }));
  } else stdout.write((isDry ? formatDryRun : formatSummary)(summary, widthOf(stdout), styleFor(stdout)));
  if (project.conflicts.length > 0) return 2;
  return [steps.join, steps.install, steps.git].some((step) => step?.kind === 'failed') ? 1 : 0;
}
