import { Interrupted, isSystemError, reasonOf, TsflaskError } from '../error.ts';
import { messageWidth, wrapText } from '../report/wrap.ts';
import { replayOf } from './report-error.ts';

/**
 * An error in the form that Yeoman reports: the message is all that is printed, with `--debug` the stack.
 * @param program - what runs the generator; `yo` exits with an error's `code`, and a text there makes node crash
 * @param stderr - what `yo` prints to
 */
export function yeomanError(
  error: unknown,
  program: string | undefined,
  stderr: NodeJS.WriteStream = process.stderr,
): Error & { code?: number | string } {
  const isYo = /[\\/]yo([\\/]lib[\\/]cli)?(\.js)?$/.test(program ?? '');
  const replay = replayOf(error);
  const again = replay === undefined ? '' : `\nTo go on from here: ${replay.replace('tsflask new', 'yo tsflask')}`;
  const message = messageOf(error) + again;
  // yo prints it as it is; whoever else catches it wants its lines.
  const reported = new Error(isYo ? wrapText(message, { width: messageWidth(stderr) }) : message, { cause: error });
  if (error instanceof Interrupted) return Object.assign(reported, { code: isYo ? 130 : 'INTERRUPTED' });
  if (error instanceof TsflaskError) return isYo ? reported : Object.assign(reported, { code: error.code });
  return Object.assign(reported, { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

function messageOf(error: unknown): string {
  if (error instanceof Interrupted || error instanceof TsflaskError) return error.message;
  if (isSystemError(error)) return `${error.path ?? error.syscall}: ${reasonOf(error)}.`;
  const message = error instanceof Error ? error.message : String(error);
  return `${message}\nThis is a fault of tsflask. Please report it with what --debug shows.`;
}
