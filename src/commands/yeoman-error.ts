import { Interrupted, TsflaskError } from '../error.ts';

/**
 * An error in the form that `yo` can report: it prints the message, with `--debug` the stack, and exits with `code`, where a
 * text makes node crash. Ctrl-C becomes 130, everything else 1.
 */
export function yeomanError(error: unknown): Error & { code?: number } {
  if (error instanceof Interrupted) {
    return Object.assign(new Error('Interrupted; nothing was written.', { cause: error }), { code: 130 });
  }
  if (error instanceof TsflaskError) return new Error(error.message, { cause: error });
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  const report = 'This is a fault of tsflask; nothing was written. Please report it with what --debug shows.';
  return Object.assign(new Error(`${message}\n${report}`, { cause: error }), { stack });
}
