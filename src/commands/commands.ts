import { didYouMean } from '../answers/nearest.ts';
import { TsflaskError } from '../error.ts';
import type { Style } from '../report/style.ts';
import { wrapText } from '../report/wrap.ts';
import { checkSwitches, diffSwitches, updateSwitches } from './update-flags.ts';
import type { ExitCode, Terminal } from './command.ts';
import { lintFlags, runLint } from './lint.ts';
import { runNew } from './new.ts';
import type { Flag } from './parse-flags.ts';
import { newFlagsForHelp, projectFlagsForHelp } from './read-call.ts';
import { questionsFlags, runQuestions } from './questions.ts';

export interface Command {
  readonly name: string;
  /** What follows the name on the command line. */
  readonly usage: string;
  readonly help: string;
  /** Called for help only, because reading ours takes time; what the command line says decides, since overlays bring flags. */
  readonly flags: (argv: readonly string[], cwd: string) => Promise<readonly Flag[]>;
  readonly run: (argv: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  { name: 'new', usage: 'NAME [flags]', help: 'Write a new project into ./NAME', flags: newFlagsForHelp, run: runNew },
  {
    name: 'update',
    usage: '[flags]',
    help: 'Bring this project up to date, and keep your edits',
    flags: (argv, cwd) => projectFlagsForHelp(argv, cwd, updateSwitches),
    run: async (argv, terminal) => (await import('./update.ts')).runUpdate(argv, terminal),
  },
  {
    name: 'diff',
    usage: '[flags]',
    help: 'Show what update would change, write nothing',
    flags: (argv, cwd) => projectFlagsForHelp(argv, cwd, diffSwitches),
    run: async (argv, terminal) => (await import('./diff.ts')).runDiff(argv, terminal),
  },
  {
    name: 'check',
    usage: '[flags]',
    help: 'See whether this project drifted or fell behind',
    flags: async () => checkSwitches,
    run: async (argv, terminal) => (await import('./check.ts')).runCheck(argv, terminal),
  },
  {
    name: 'questions',
    usage: '[flags]',
    help: 'List every question with its flag, default and rule',
    flags: async () => questionsFlags,
    run: runQuestions,
  },
  { name: 'lint', usage: 'DIR [flags]', help: 'Check an overlay of your own', flags: async () => lintFlags, run: runLint },
];

export interface CommandLine {
  readonly command: Command;
  /** What follows the command's name. */
  readonly argv: readonly string[];
}

/**
 * Reads a command line. One that begins with neither a command nor what looks like one misspelt is that of `new`:
 * `tsflask my-api` is what people type first.
 * @throws {@link TsflaskError} `COMMAND_UNKNOWN`
 */
export function commandFor([first = '', ...rest]: readonly string[]): CommandLine {
  const command = commands.find(({ name }) => name === first);
  if (command) return { command, argv: rest };
  const hint = didYouMean(
    first,
    commands.map(({ name }) => name),
  );
  if (hint === '' && first.trim() !== '') return { command: commands[0]!, argv: [first, ...rest] };
  throw new TsflaskError({
    code: 'COMMAND_UNKNOWN',
    problem: `There is no command "${first}".${hint}`,
    fix: '`tsflask --help` lists them all; `tsflask new NAME` makes a project of any name.',
  });
}

/** How one command is called; its flags are formatted already. */
export function formatCommandHelp({ name, usage, help }: Command, flags: string): string {
  return `Usage: tsflask ${name} ${usage}\n\n${help}.\n\n${flags}\n`;
}

/** What there is, and how to learn more. */
export function formatHelp(width: number, style: Style): string {
  const rows = commands.map(({ name, help }) => {
    const text = wrapText(help, { width: width - 14 }).replaceAll('\n', `\n${' '.repeat(14)}`);
    return `  ${style('cyan', name.padEnd(10))}  ${text}`;
  });
  const more =
    '`tsflask COMMAND --help` shows the flags of a command; `tsflask my-api` is `tsflask new my-api`; `--no-color` goes with all.';
  return `Usage: tsflask COMMAND\n\n${rows.join('\n')}\n\n${wrapText(more, { width })}\n`;
}
