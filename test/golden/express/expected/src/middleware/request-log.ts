import type { RequestHandler } from 'express';

import type { Logger } from '../log.ts';
import { identifyRequest } from '../request-id.ts';

declare global {
  namespace Express {
    interface Locals {
      /** Puts the request's ids on every line. */
      log: Logger;
    }
  }
}

/** Logs one line a request, when its answer is out, and names the request in the answer's `X-Request-Id`. */
export function requestLogger(log: Logger): RequestHandler {
  return function logRequests(req, res, next) {
    const { method, path } = req;
    const start = performance.now();
    const ids = identifyRequest(req);
    res.locals.log = log.with(ids);
    res.set('X-Request-Id', ids.requestId);

    const record = (outcome: 'answered' | 'aborted') => {
      res.off('finish', onFinish).off('close', onClose);
      const durationMs = Math.round((performance.now() - start) * 10) / 10;
      // Without the query, which may hold what a log should not.
      res.locals.log.info('request', { method, path, status: res.statusCode, durationMs, outcome });
    };
    const onFinish = () => record('answered');
    const onClose = () => record('aborted');
    res.on('finish', onFinish).on('close', onClose);
    next();
  };
}
