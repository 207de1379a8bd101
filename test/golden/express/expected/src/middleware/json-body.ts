import express, { type RequestHandler } from 'express';

import type { Config } from '../config.ts';
import { HttpError, statusOf } from '../http-error.ts';

/**
 * Reads a JSON body into `req.body`; stands in front of the routes that take one, so that an unknown path or method is
 * answered without reading anything.
 * @throws {@link HttpError} 400 when it is broken, 413 when it is too large, 415 when it is something else
 */
export function jsonReader({ bodyLimit }: Pick<Config, 'bodyLimit'>): RequestHandler {
  const type = ['json', '+json'];
  const parse = express.json({ limit: bodyLimit, type });
  return function readJson(req, res, next) {
    if (req.get('Content-Length') !== '0' && req.is(type) === false)
      throw new HttpError(415, 'The body must be sent as application/json.');
    parse(req, res, (error?: Error) => {
      if (error === undefined) next();
      else next(toBodyError(error, bodyLimit));
    });
  };
}

function toBodyError(cause: Error, limit: number): HttpError {
  const status = statusOf(cause);
  if (status === 413) return new HttpError(status, `The body is larger than ${limit} bytes.`, { cause });
  return new HttpError(status, `The body is not readable: ${cause.message}`, { cause });
}
