import type { Context, Next } from 'koa';

import type { Config } from '../config.ts';
import { HttpError, statusOf, toError } from '../http-error.ts';
import { sendError } from '../send-error.ts';

/** Turns a request that no route answered into an error, such as 404 or 405. */
export async function refuseUnanswered(ctx: Context, next: Next): Promise<void> {
  await next();
  if (ctx.respond === false || ctx.headerSent || ctx.status < 400 || ctx.body !== undefined) return;
  // With what belongs to the status, such as Allow or WWW-Authenticate.
  throw new HttpError(ctx.status, undefined, { headers: ctx.res.getHeaders() as Record<string, string> });
}

/**
 * Takes the place of Koa's own `ctx.onerror`, where every failure ends: of a route, of a body that has no JSON, of a
 * stream. A fault of ours goes to the app's `error` listeners, a client's mistake is only a line of the request log.
 */
export function errorResponder({ stacks }: Pick<Config, 'stacks'>): Context['onerror'] {
  return function respondToErrors(this: Context, thrown: unknown) {
    // Koa also calls this after every answer.
    if (thrown == null && !this.writable) return;
    const error = toError(thrown);
    if (isClientGone(this, error)) return;
    if (statusOf(error) >= 500) this.app.emit('error', error, this);
    sendError(this.res, error, stacks);
  };
}

/** The client broke the connection, perhaps in the middle of a stream; the request log has it. */
function isClientGone({ res, socket }: Context, error: NodeJS.ErrnoException): boolean {
  return (
    res.errored === null &&
    socket.destroyed &&
    (error === socket.errored || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}
