import type { Plan } from '../plan/plan.ts';
import type { GitResult } from '../project/git.ts';
import type { InstallResult } from '../project/install.ts';
import { count } from './count.ts';
import { formatFileList } from './file-list.ts';
import { quote } from './replay-command.ts';
import type { Style } from './style.ts';

export interface Summary {
  readonly plan: Plan;
  /** What is worth saying of answers that were accepted. */
  readonly warnings: readonly string[];
  /** Paths of planned files that were not written, because the user keeps their own. */
  readonly kept: readonly string[];
  /** The project's folder as the user would type it. */
  readonly folder: string;
  readonly replay: string;
  /** Nothing was written. */
  readonly isDry: boolean;
  /** Absent where the step was left out on request. */
  readonly install?: InstallResult;
  readonly git?: GitResult;
}

/** What was written, what did not go well, how to repeat it and what to do next. */
export function formatSummary(summary: Summary, width: number, style: Style): string {
  const { plan, folder, replay } = summary;
  const name = String(plan.answers['name']);
  const head = `${style('green', '✔')} ${style('bold', name)}: ${countFiles(plan)} in ${folder}`;
  const here: [string, string][] = [
    ['make server', 'run it here, with reload on save'],
    ['make test', 'its own tests, through both entry points'],
  ];
  const next = folder === '.' ? [...here, ['make plan', 'what a deploy would create']] : [[`cd ${quote(folder)}`], ...here];
  return [
    '',
    head,
    '',
    formatFileList(
      plan.files.map(({ path }) => path),
      width,
      style,
    ),
    '',
    ...formatProblems(summary, style),
    `Same again: ${style('dim', replay)}`,
    'Next:',
    ...next.map(([command = '', why]) =>
      why === undefined ? `  ${style('cyan', command)}` : `  ${style('cyan', command.padEnd(12))} ${style('dim', why)}`,
    ),
    '',
  ].join('\n');
}

/** The same for programs. */
export function formatJsonReport({ plan, warnings, kept, folder, replay, isDry, install, git }: Summary): string {
  const { answers, overlays } = plan;
  const files = plan.files.map(({ path, policy, overlay }) => ({ path, policy, overlay }));
  return `${JSON.stringify({ folder, isDry, answers, overlays, files, warnings, kept, replay, install, git }, null, 2)}\n`;
}

/** What `--dry-run` prints. */
export function formatDryRun(summary: Summary, width: number, style: Style): string {
  const { plan } = summary;
  const list = formatFileList(
    plan.files.map(({ path }) => path),
    width,
    style,
  );
  const problems = formatProblems(summary, style);
  return [`${countFiles(plan)} would be written:`, '', list, '', ...problems, 'Nothing was written.', ''].join('\n');
}

/** Below the list, where they are still on the screen. */
function formatProblems({ warnings, kept, install, git }: Summary, style: Style): string[] {
  const problems = [...warnings, ...keptFiles(kept), ...installProblem(install), ...gitProblem(git)];
  return problems.length === 0 ? [] : [...problems.map((text) => `${style('yellow', '!')} ${text}`), ''];
}

function countFiles({ files, overlays }: Plan): string {
  const lines = files.reduce((sum, { content }) => sum + (typeof content === 'string' ? content.split('\n').length - 1 : 0), 0);
  return `${count(files.length, 'file')}, ${count(lines, 'line')} (${overlays.join(' + ')})`;
}

function keptFiles(kept: readonly string[]): string[] {
  return kept.length === 0 ? [] : [`Kept as you had it: ${kept.join(', ')}`];
}

function installProblem(install: InstallResult | undefined): string[] {
  if (install?.kind !== 'failed') return [];
  return [
    `npm install failed; the project is complete without it. Run "make install" in it to try again.\n${indent(install.message)}`,
  ];
}

function gitProblem(git: GitResult | undefined): string[] {
  if (git?.kind !== 'failed') return [];
  return [
    `${git.step} failed; the project is complete without it. Run "git init && git add --all && git commit" in it.\n${indent(git.message)}`,
  ];
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
