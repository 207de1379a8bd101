import type { OutgoingHttpHeaders } from 'node:http';

import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';

import type { Config } from '../config.ts';
import { HttpError, toError, toErrorAnswer } from '../http-error.ts';

declare global {
  namespace Express {
    interface Locals {
      /** What every answer has, also one that reports an error. */
      headers: OutgoingHttpHeaders;
    }
  }
}

/** Remembers the headers that stand before the routes run; an error's answer keeps no others. */
export function keepHeaders(_req: Request, res: Response, next: NextFunction): void {
  res.locals.headers = res.getHeaders();
  next();
}

/** Stands behind the routes: what none of them answered is a 404. */
export function refusePath(): never {
  throw new HttpError(404);
}

/** Stands behind the methods of a path: answers OPTIONS, and every other method with 405. */
export function refuseMethod(req: Request, res: Response): void {
  const { methods }: { methods: Readonly<Record<string, boolean>> } = req.route;
  const names = Object.keys(methods).filter((name) => name !== '_all');
  const allow = [...(names.includes('get') ? ['head'] : []), ...names].join(', ').toUpperCase();
  if (req.method !== 'OPTIONS') throw new HttpError(405, undefined, { headers: { Allow: allow } });
  res.set('Allow', allow).end();
}

/** Answers every failure as JSON; a client's mistake is a line in the request log, ours has a stack to show there. */
export function errorResponder({ stacks }: Pick<Config, 'stacks'>): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  return function respondToErrors(thrown: unknown, _req, res, _next) {
    const error = toError(thrown);
    const { status, headers, body } = toErrorAnswer(error, stacks);
    if (status >= 500) res.locals.log.error(error.message, { error });
    // Half an answer is out: a cut connection is the only way left to tell the client that the rest is missing.
    if (res.headersSent) {
      res.destroy();
      return;
    }
    // What the route said about its own body, such as an encoding or a lifetime, is untrue of the error's.
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    for (const [name, value = ''] of Object.entries(res.locals.headers)) res.setHeader(name, value);
    res.set(headers).status(status).json(body);
  };
}
