import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';

import type { Config } from '../config.ts';
import { HttpError, statusOf, toError } from '../http-error.ts';
import { sendError } from '../send-error.ts';

/** What Express keeps on a stack: a route with its methods, a router with a stack of its own, or a middleware. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: readonly Layer[] };
  /** Gives the part of the path that a router is mounted at. */
  readonly match: (path: string) => false | { readonly path: string };
}

/** Stands before the routes: for a path that one of them has, answers OPTIONS, and a method that none has with 405. */
export function refuseMethod(req: Request, res: Response, next: NextFunction): void {
  const methods = methodsAt(req.path, req.app.router as unknown as Layer['handle']);
  if (methods.includes('get')) methods.push('head');
  const method = req.method.toLowerCase();
  if (methods.length === 0 || methods.includes(method) || methods.includes('_all')) return next();
  const allow = [...new Set(methods)].join(', ').toUpperCase();
  if (method !== 'options') throw new HttpError(405, undefined, { headers: { Allow: allow } });
  res.set('Allow', allow).end();
}

function methodsAt(path: string, { stack = [] }: Layer['handle']): string[] {
  return stack.flatMap((layer) => {
    const matched = layer.match(path);
    if (matched === false) return [];
    if (layer.route !== undefined) return Object.keys(layer.route.methods);
    return methodsAt(path.slice(matched.path.length) || '/', layer.handle);
  });
}

/** Stands behind the routes: what none of them answered is a 404. */
export function refusePath(): never {
  throw new HttpError(404);
}

/** Answers every failure as JSON; a client's mistake is a line in the request log, ours has a stack to show there. */
export function errorResponder({ stacks }: Pick<Config, 'stacks'>): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  return function respondToErrors(thrown: unknown, req, res, _next) {
    const error = toError(thrown);
    if (statusOf(error) >= 500) req.log.error(error.message, { error });
    sendError(res, error, stacks);
  };
}
