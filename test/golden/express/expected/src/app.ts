import type { RequestListener } from 'node:http';

import express, { type Express } from 'express';

import { type Config, loadConfig } from './config.ts';
import { createLogger, type Logger } from './log.ts';
import { originAllower } from './middleware/cors.ts';
import { errorResponder, keepHeaders, refusePath } from './middleware/errors.ts';
import { requestLogger } from './middleware/request-log.ts';
import { setSecurityHeaders } from './middleware/security-headers.ts';
import { routes } from './routes/index.ts';

/** The service without a server: both entry points, and the tests, put it behind their own. */
export function createApp(
  config: Config = loadConfig(process.env),
  log: Logger = createLogger(config.logLevel),
): Express {
  const app = express();
  app.disable('x-powered-by');
  // Answers are not to be stored (see the security headers), so there is nothing to compare a hash with.
  app.disable('etag');
  app.use(requestLogger(log));
  app.use(setSecurityHeaders);
  app.use(originAllower(config.corsOrigins));
  app.use(keepHeaders);
  for (const route of routes) app.use(route(config));
  app.use(refusePath);
  app.use(errorResponder(config));
  return app;
}

/** The same as a plain listener of Node, which is all that an entry point needs to know. */
export function createListener(config?: Config, log?: Logger): RequestListener {
  return createApp(config, log);
}
