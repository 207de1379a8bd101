#!/usr/bin/env node
import { TsflaskError, Interrupted } from './error.ts';
import type { ExitCode, Terminal } from './commands/command.ts';
import { findCommand, formatHelp } from './commands/commands.ts';
import { terminalPrompts } from './commands/prompts.ts';
import { generatorVersion } from './project/package-root.ts';
import { styleFor } from './report/style.ts';

// Getters, because node makes a stream when it is first named, and most runs need only one of the three.
const terminal: Terminal = {
  get stdout() {
    return allowingEnd(process.stdout);
  },
  get stderr() {
    return allowingEnd(process.stderr);
  },
  get isInteractive() {
    return process.stdin.isTTY && process.stdout.isTTY;
  },
  cwd: process.cwd(),
  prompts: terminalPrompts,
};

// Not awaited: the built program is CommonJS, which node starts faster.
void main();

async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2));
}

async function run([name = '--help', ...argv]: readonly string[]): Promise<ExitCode> {
  try {
    if (name === '--version' || name === '-v') {
      terminal.stdout.write(`${generatorVersion}\n`);
      return 0;
    }
    if (name === '--help' || name === '-h' || name === 'help') {
      terminal.stdout.write(formatHelp(styleFor(terminal.stdout)));
      return 0;
    }
    const command = findCommand(name);
    if (argv.includes('--help') || argv.includes('-h')) {
      terminal.stdout.write(formatHelp(styleFor(terminal.stdout), command));
      return 0;
    }
    return await command.run(argv, terminal);
  } catch (error) {
    return reportError(error);
  }
}

/** A reader that has seen enough, such as `head`, is no fault of ours. */
function allowingEnd(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stream.listenerCount('error') > 0) return stream;
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function reportError(error: unknown): ExitCode {
  const { stderr } = terminal;
  const style = styleFor(stderr);
  if (error instanceof Interrupted) {
    stderr.write('Interrupted; nothing was written.\n');
    return 130;
  }
  if (error instanceof TsflaskError) {
    for (const { problem, fix } of error.faults) stderr.write(`${style('red', '✖')} ${problem}\n  ${fix}\n`);
    return 1;
  }
  stderr.write(`${style('red', '✖')} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  stderr.write('  This is a fault of tsflask; nothing was written. Please report it with the lines above.\n');
  return 1;
}
