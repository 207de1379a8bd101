import type { Plan } from '../plan/plan.ts';
import type { GitResult } from '../project/git.ts';
import type { InstallResult } from '../project/install.ts';
import type { JoinResult } from '../project/workspace.ts';
import type { Unsettled } from '../update/settle.ts';
import { count } from './count.ts';
import { formatFileList, formatFolders } from './file-list.ts';
import { formatParagraphs, listPaths } from './paragraphs.ts';
import { formatReplay, quote } from './replay-command.ts';
import type { Style } from './style.ts';
import { formatUnsettled } from './unsettled.ts';
import { wrapText } from './wrap.ts';

export interface Summary {
  readonly plan: Plan;
  /** What is worth saying of answers that were accepted, and of where the project stands. */
  readonly warnings: readonly string[];
  /** Paths of planned files that were not written, because the user keeps their own. */
  readonly kept: readonly string[];
  /** Paths of the user's files that were, or would be, replaced. */
  readonly overwritten: readonly string[];
  /** What the user has to settle; until then, nothing is installed and nothing committed. */
  readonly conflicts: readonly Unsettled[];
  /** The project's folder as the user would type it. */
  readonly folder: string;
  readonly replay: string;
  /** Nothing was written. */
  readonly isDry: boolean;
  /** Absent where the step was left out on request. */
  readonly join?: JoinResult;
  readonly install?: InstallResult;
  readonly git?: GitResult;
}

/** What was written, what did not go well, how to repeat it and what to do next: last what a small terminal must still show. */
export function formatSummary(summary: Summary, width: number, style: Style): string {
  const { plan, folder, replay } = summary;
  const name = String(plan.answers['name']);
  const head = wrapText(`✔ ${name}: ${countFiles(plan)} in ${folder}`, { width, indent: '  ' });
  return [
    '',
    formatFolders(pathsOf(plan), style),
    '',
    formatProblems(summary, width, style) +
      formatUnsettled(summary.conflicts, { style }) +
      head.replace('✔', () => style('green', '✔')).replace(`${name}:`, () => `${style('bold', name)}:`),
    formatReplay('Same again', replay, { width, style }),
    'Next:',
    ...nextSteps(summary).map(([command, why]) => formatStep(command, why, { width, style })),
    '',
  ].join('\n');
}

/** The same for programs. */
export function formatJsonReport({ plan, isDry, folder, ...summary }: Summary): string {
  const { answers, overlays } = plan;
  const { warnings, kept, overwritten, conflicts, replay, join, install, git } = summary;
  const files = plan.files.map(({ path, policy, overlay }) => ({ path, policy, overlay }));
  const report = { folder, isDry, answers, overlays, files, warnings, kept, overwritten, conflicts, replay, join, install, git };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** What `--dry-run` prints. */
export function formatDryRun(summary: Summary, width: number, style: Style): string {
  const { plan } = summary;
  const head = wrapText(`${countFiles(plan)} would be written:`, { width });
  const list = formatFileList(pathsOf(plan), width, style);
  return [head, '', list, '', `${formatProblems(summary, width, style)}Nothing was written.`, ''].join('\n');
}

type Problems = Partial<Pick<Summary, 'warnings' | 'kept' | 'overwritten' | 'isDry' | 'join' | 'install' | 'git'>>;

/** What is odd or went wrong, a paragraph each and an empty line behind; nothing where all went well. */
export function formatProblems(
  { warnings = [], kept = [], overwritten = [], isDry = false, join, install, git }: Problems,
  width: number,
  style: Style,
): string {
  const fate = isDry ? 'Would be overwritten with --force' : 'Overwritten';
  const problems = [
    ...warnings,
    ...listPaths('Kept as you had it', kept),
    ...listPaths(fate, overwritten),
    ...joinProblem(join),
    ...installProblem(install),
    ...gitProblem(git),
  ];
  return problems.length === 0 ? '' : `${formatParagraphs(problems, { width, style })}\n`;
}

function pathsOf({ files }: Plan): string[] {
  return files.map(({ path }) => path);
}

function countFiles({ files, overlays }: Plan): string {
  const lines = files.reduce((sum, { content }) => sum + (typeof content === 'string' ? content.split('\n').length - 1 : 0), 0);
  return `${count(files.length, 'file')}, ${count(lines, 'line')} (${overlays.join(' + ')})`;
}

function joinProblem(join: JoinResult | undefined): string[] {
  return join?.kind === 'failed'
    ? [`The workspace's list could not be changed: ${join.message}. Add the project to it by hand.`]
    : [];
}

function installProblem(install: InstallResult | undefined): string[] {
  if (install?.kind === 'skipped') return ['The install was skipped. Run "make install" in the project when you need it.'];
  if (install?.kind !== 'failed') return [];
  return [
    `npm install failed; the project is complete without it. Run "make install" in it to try again.\n${excerpt(install.message)}`,
  ];
}

function gitProblem(git: GitResult | undefined): string[] {
  if (git?.kind !== 'failed') return [];
  const again = 'git init && git add --all && git commit';
  return [`${git.step} failed; the project is complete without it. Run "${again}" in it.\n${excerpt(git.message)}`];
}

/** The first words of a program that failed, which say why; npm's go on for a screen. */
function excerpt(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, ''))
    .filter((line) => line.trim() !== '');
  return [...lines.slice(0, 6), ...(lines.length > 6 ? ['…'] : [])].map((line) => `  ${line}`).join('\n');
}

function nextSteps({ folder, conflicts }: Summary): (readonly [command: string, why: string])[] {
  const here = [
    ...(conflicts.length > 0 ? [['git diff', 'settle what is marked, then make install and commit'] as const] : []),
    ['make server', 'run it here, with reload on save'],
    ['make test', 'its own tests, through both entry points'],
  ] as const;
  return folder === '.' ? [...here, ['make plan', 'what a deploy would create']] : [[`cd ${quote(folder)}`, ''], ...here];
}

function formatStep(command: string, why: string, { width, style }: { width: number; style: Style }): string {
  if (why === '') return `  ${style('cyan', command)}`;
  const indent = 15;
  const words = wrapText(why, { width: Math.max(width - indent, 10) }).replaceAll('\n', `\n${' '.repeat(indent)}`);
  return `  ${style('cyan', command.padEnd(12))} ${style('dim', words)}`;
}
