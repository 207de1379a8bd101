import { didYouMean } from '../answers/nearest.ts';
import { TsflaskError } from '../error.ts';
import { formatFlags } from './format-flags.ts';
import type { Style } from '../report/style.ts';
import type { ExitCode, Terminal } from './command.ts';
import { lintFlags, runLint } from './lint.ts';
import { runNew } from './new.ts';
import type { Flag } from './parse-flags.ts';
import { flagsForHelp } from './prepare.ts';
import { questionsFlags, runQuestions } from './questions.ts';

export interface Command {
  readonly name: string;
  /** What follows the name on the command line. */
  readonly usage: string;
  readonly help: string;
  /** Called for help only, because reading ours takes time. */
  readonly flags: () => readonly Flag[];
  readonly run: (argv: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  { name: 'new', usage: 'NAME [flags]', help: 'Write a new project into ./NAME', flags: flagsForHelp, run: runNew },
  {
    name: 'questions',
    usage: '[flags]',
    help: 'List every question with its flag, default and rule',
    flags: () => questionsFlags,
    run: runQuestions,
  },
  { name: 'lint', usage: 'DIR', help: 'Check an overlay of your own', flags: () => lintFlags, run: runLint },
];

/** @throws {@link TsflaskError} `COMMAND_UNKNOWN` */
export function findCommand(name: string): Command {
  const command = commands.find((known) => known.name === name);
  if (command) return command;
  const names = commands.map((known) => known.name);
  throw new TsflaskError({
    code: 'COMMAND_UNKNOWN',
    problem: `There is no command "${name}".${didYouMean(name, names)}`,
    fix: '`tsflask --help` lists them all.',
  });
}

/** Help for one command, or for all. */
export function formatHelp(style: Style, command?: Command): string {
  if (command)
    return `Usage: tsflask ${command.name} ${command.usage}\n\n${command.help}.\n\n${formatFlags(command.flags(), style)}\n`;
  const rows = commands.map(({ name, help }) => `  ${style('cyan', name.padEnd(10))}  ${help}`).join('\n');
  return `Usage: tsflask COMMAND\n\n${rows}\n\n\`tsflask COMMAND --help\` shows the flags of a command.\n`;
}
