import { Interrupted, isSystemError, reasonOf, TsflaskError, type Fault } from '../error.ts';
import type { Style } from '../report/style.ts';
import { formatFaults } from '../report/faults.ts';
import { formatReplay } from '../report/replay-command.ts';
import type { ExitCode } from './command.ts';

/** The command that goes on from where an error ended a run. */
const replays = new WeakMap<object, string>();

/** Notes on an error how to take the run up again, for somebody whose answers would be lost otherwise. */
export function withReplay(error: unknown, replay: string): unknown {
  if (typeof error === 'object' && error !== null && !replays.has(error)) replays.set(error, replay);
  return error;
}

/** How to take up the run that an error ended. */
export function replayOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? replays.get(error) : undefined;
}

export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof Interrupted ? 130 : 1;
}

/**
 * What a person reads of an error. It says that nothing was written only where that is known; an error that is our own fault keeps
 * its stack.
 * @param width - of the terminal, in columns
 */
export function formatError(error: unknown, width: number, style: Style): string {
  const replay = replayOf(error);
  const again = replay === undefined ? '' : `${formatReplay('To go on from here', replay, { width, style })}\n`;
  if (error instanceof Interrupted) return `${error.message}\n${again}`;
  const isOurs = !(error instanceof TsflaskError) && !isSystemError(error);
  // A stack is no text to be wrapped.
  return formatFaults(faultsOf(error), '✖', { width: isOurs ? Infinity : width, style }) + again;
}

/** The same for programs, which find it where they look for the report. */
export function formatJsonError(error: unknown): string {
  const faults = error instanceof Interrupted ? [] : faultsOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Interrupted ? 'INTERRUPTED' : faults[0]!.code;
  return `${JSON.stringify({ error: { code, message, faults, replay: replayOf(error) } }, null, 2)}\n`;
}

function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof TsflaskError) return error.faults;
  if (isSystemError(error)) {
    const { path = error.syscall } = error;
    return [
      {
        code: 'SYSTEM_REFUSED',
        problem: `${path}: ${reasonOf(error)}.`,
        fix: `Allow it, or give another path (${error.syscall}).`,
      },
    ];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [{ code: 'INTERNAL', problem: stack, fix: 'This is a fault of tsflask. Please report it with the lines above.' }];
}
