import type { RequestListener } from 'node:http';

import type { Context } from 'aws-lambda';

import type { Config } from './config.ts';
import { HttpError } from './http-error.ts';
import type { Logger } from './log.ts';
import { allowOrigin } from './middleware/cors.ts';
import { logRequest } from './middleware/request-log.ts';
import { setSecurityHeaders } from './middleware/security-headers.ts';
import { isWellFormed, trimBasePath } from './middleware/target.ts';
import { keepHeaders, sendError } from './send-error.ts';

declare module 'http' {
  interface IncomingMessage {
    /** The service's logger, which puts the request's ids on every line. */
    log: Logger;
    /** What Lambda called the function with; undefined at the local entry point. */
    lambda?: { readonly event: unknown; readonly context: Context };
  }
}

/**
 * Runs before the app for every request, even for one that the framework would reject by itself, so that all of them
 * are logged and have the same headers.
 */
export function createPipeline(app: RequestListener, config: Config, log: Logger): RequestListener {
  return function pipeline(request, response) {
    request.url = trimBasePath(request.url ?? '/', config.basePath);
    logRequest(request, response, log);
    setSecurityHeaders(response);
    allowOrigin(request, response, config.corsOrigins);
    keepHeaders(response);
    if (isWellFormed(request.url)) return app(request, response);
    return sendError(response, new HttpError(400, 'The target of the request is malformed.'), config.stacks);
  };
}
