import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';

import type { Config } from '../config.ts';
import { HttpError, statusOf } from '../http-error.ts';

/**
 * Reads a JSON body into `ctx.request.body`; stands in front of the routes that take one, so that an unknown path or
 * method is answered without reading anything.
 * @throws {@link HttpError} 400 when it is broken, 413 when it is too large, 415 when it is something else
 */
export function jsonReader({ bodyLimit }: Pick<Config, 'bodyLimit'>): Middleware {
  const parse = bodyParser({
    detectJSON: () => true,
    jsonLimit: bodyLimit,
    onError: (error, ctx) => {
      // The parser stops in the middle; unread bytes would block the connection for the client's next request.
      ctx.req.resume();
      throw toBodyError(error, bodyLimit);
    },
  });
  return async function readJson(ctx, next) {
    if (ctx.request.length !== 0 && ctx.is('json', '+json') === false)
      throw new HttpError(415, 'The body must be sent as application/json.');
    await parse(ctx, next);
  };
}

function toBodyError(cause: Error, limit: number): HttpError {
  const status = statusOf(cause);
  if (status === 413) return new HttpError(status, `The body is larger than ${limit} bytes.`, { cause });
  // A broken gzip stream has no status of its own.
  return new HttpError(status === 500 ? 400 : status, `The body is not readable: ${cause.message}`, {
    cause,
  });
}
