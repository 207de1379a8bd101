#!/usr/bin/env node
import { reasonOf } from './error.ts';
import type { ExitCode, Terminal } from './commands/command.ts';
import { commandFor, formatCommandHelp, formatHelp } from './commands/commands.ts';
import { formatFlags } from './commands/format-flags.ts';
import { terminalPrompts } from './commands/prompts.ts';
import { exitCodeOf, formatError, formatJsonError } from './commands/report-error.ts';
import { generatorVersion } from './project/package-root.ts';
import { styleFor } from './report/style.ts';
import { messageWidth, widthOf } from './report/wrap.ts';

// Getters, because node makes a stream when it is first named, and most runs need only one of the three.
const terminal: Terminal = {
  get stdout() {
    return reportingFailure(process.stdout);
  },
  get stderr() {
    return reportingFailure(process.stderr);
  },
  get isInteractive() {
    return process.stdin.isTTY && process.stdout.isTTY;
  },
  cwd: process.cwd(),
  prompts: terminalPrompts,
};

let failedOutput: ExitCode = 0;

// Not awaited: the built program is CommonJS, which node starts faster.
void main(withoutColour(process.argv.slice(2)));

async function main(argv: readonly string[]): Promise<void> {
  const code = await run(argv).catch((error: unknown) => reportError(error, argv));
  process.exitCode = failedOutput || code;
}

async function run(argv: readonly string[]): Promise<ExitCode> {
  const [first = '--help', ...rest] = argv;
  if (first === '--version' || first === '-v') {
    terminal.stdout.write(`${generatorVersion}\n`);
    return 0;
  }
  const isHelp = ['help', '--help', '-h'].includes(first);
  if (isHelp && rest.length === 0) {
    terminal.stdout.write(formatHelp(widthOf(terminal.stdout), styleFor(terminal.stdout)));
    return 0;
  }
  const { command, argv: given } = commandFor(isHelp ? rest : argv);
  if (isHelp || given.includes('--help') || given.includes('-h')) {
    const flags = await command.flags(given, terminal.cwd);
    const { stdout } = terminal;
    stdout.write(formatCommandHelp(command, formatFlags(flags, styleFor(stdout), widthOf(stdout))));
    return 0;
  }
  return await command.run(given, terminal);
}

/** Every command takes `--no-color`, which is what NO_COLOR in the environment is. */
function withoutColour(argv: readonly string[]): readonly string[] {
  if (argv.includes('--no-color')) process.env['NO_COLOR'] = '1';
  return argv.filter((word) => word !== '--no-color');
}

/** A reader that has seen enough, such as `head`, is no fault of ours; a disk that is full is none either, but the run failed. */
function reportingFailure(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stream.listenerCount('error') > 0) return stream;
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    failedOutput = 1;
    process.exitCode = 1;
    if (stream === process.stdout) {
      terminal.stderr.write(
        `✖ What there is to say cannot be written: ${reasonOf(error)}.\n  Files that were written are whole.\n`,
      );
    }
  });
}

function reportError(error: unknown, argv: readonly string[]): ExitCode {
  const { stderr } = terminal;
  if (argv.includes('--json')) terminal.stdout.write(formatJsonError(error));
  else stderr.write(formatError(error, messageWidth(stderr), styleFor(stderr)));
  return exitCodeOf(error);
}
