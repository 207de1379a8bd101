#!/usr/bin/env node
import { didYouMean } from './answers/nearest.ts';
import { TsflaskError, Interrupted } from './error.ts';
import type { ExitCode, Terminal } from './commands/command.ts';
import { commands, formatHelp } from './commands/commands.ts';
import { terminalPrompts } from './commands/prompts.ts';
import { generatorVersion } from './project/package-root.ts';
import { styleFor } from './report/style.ts';

const { stdout, stderr, stdin } = process;
const terminal: Terminal = {
  stdout,
  stderr,
  isInteractive: stdin.isTTY && stdout.isTTY,
  cwd: process.cwd(),
  prompts: terminalPrompts,
};

process.exitCode = await run(process.argv.slice(2));

async function run([name = '--help', ...argv]: readonly string[]): Promise<ExitCode> {
  try {
    if (name === '--version' || name === '-v') {
      stdout.write(`${generatorVersion}\n`);
      return 0;
    }
    if (name === '--help' || name === '-h' || name === 'help') {
      stdout.write(formatHelp(styleFor(stdout)));
      return 0;
    }
    const command = commands.find((known) => known.name === name);
    if (!command) throw unknownCommand(name);
    if (argv.includes('--help') || argv.includes('-h')) {
      stdout.write(formatHelp(styleFor(stdout), command));
      return 0;
    }
    return await command.run(argv, terminal);
  } catch (error) {
    return reportError(error);
  }
}

function unknownCommand(name: string): TsflaskError {
  const hint = didYouMean(
    name,
    commands.map((command) => command.name),
  );
  return new TsflaskError({
    code: 'COMMAND_UNKNOWN',
    problem: `There is no command "${name}".${hint}`,
    fix: '`tsflask --help` lists them all.',
  });
}

function reportError(error: unknown): ExitCode {
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
