import type { Context, Middleware } from 'koa';

import type { Config } from '../config.ts';
import { HttpError, statusOf, toError, toErrorAnswer } from '../http-error.ts';
import type { Logger } from '../log.ts';

/**
 * Answers every failure as JSON, also the 404 and 405 that no route answered, and hands it to the app's `error`
 * listeners.
 */
export function errorResponder({ stacks }: Pick<Config, 'stacks'>): Middleware {
  function answer(ctx: Context, error: Error): void {
    const { status, headers, body } = toErrorAnswer(error, stacks);
    ctx.status = status;
    ctx.set(headers);
    ctx.body = body;
    ctx.app.emit('error', error, ctx);
  }

  return async function respondToErrors(ctx, next) {
    const before = ctx.res.getHeaders();
    try {
      await next();
      if (isUnanswered(ctx)) answer(ctx, new HttpError(ctx.status));
    } catch (thrown) {
      if (ctx.headerSent) return abort(ctx, toError(thrown));
      // What the route said about its own body, such as an encoding or a lifetime, is untrue of the error's.
      for (const name of ctx.res.getHeaderNames()) ctx.remove(name);
      for (const [name, value = ''] of Object.entries(before)) ctx.res.setHeader(name, value);
      answer(ctx, toError(thrown));
    }
  };
}

/** An `error` listener for the app: a client's mistake is a line in the request log, ours has a stack to show. */
export function errorLogger(log: Logger): (error: Error, ctx?: Context) => void {
  return function logErrors(error, ctx) {
    if (statusOf(error) >= 500) (ctx?.state.log ?? log).error(error.message, { error });
  };
}

function isUnanswered(ctx: Context): boolean {
  return ctx.respond !== false && !ctx.headerSent && ctx.status >= 400 && ctx.body === undefined;
}

/** Half an answer is out: a cut connection is the only way left to tell the client that the rest is missing. */
function abort(ctx: Context, error: Error): void {
  ctx.respond = false;
  ctx.app.emit('error', error, ctx);
  ctx.res.destroy();
}
