import type { ErrorRequestHandler, RequestHandler, Router } from 'express';

import type { Config } from '../config.ts';
import { HttpError, statusOf, toError } from '../http-error.ts';
import { sendError } from '../send-error.ts';

/** A path with its methods, as Express keeps it on the stack of a router. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  readonly match: (path: string) => boolean;
}

/** Stands before the routes: for a path that some of them have, answers OPTIONS, and a method that none has with 405. */
export function methodRefuser(routers: readonly Router[]): RequestHandler {
  const layers = routers.flatMap(({ stack }) => stack as readonly unknown[] as readonly Layer[]);
  return function refuseMethod(req, res, next) {
    const methods = layers.flatMap((layer) =>
      layer.route !== undefined && layer.match(req.path) ? Object.keys(layer.route.methods) : [],
    );
    if (methods.includes('get')) methods.push('head');
    const method = req.method.toLowerCase();
    if (methods.length === 0 || methods.includes(method) || methods.includes('_all')) return next();
    const allow = [...new Set(methods)].join(', ').toUpperCase();
    if (method !== 'options') throw new HttpError(405, undefined, { headers: { Allow: allow } });
    res.set('Allow', allow).end();
  };
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
