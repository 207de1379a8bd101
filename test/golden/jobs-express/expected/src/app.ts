import type { RequestListener } from 'node:http';

import express, { type Express } from 'express';

import { type Config, loadConfig } from './config.ts';
import { createServiceLogger, type Logger } from './log.ts';
import { errorResponder, refuseMethod, refusePath } from './middleware/errors.ts';
import { createPipeline } from './pipeline.ts';
import { routes } from './routes/index.ts';

/** The app: its middleware and its routes. What every request passes through before is in `pipeline.ts`. */
export function createApp(config: Config = loadConfig(process.env)): Express {
  const app = express();
  app.disable('x-powered-by');
  // Answers are not to be stored (see the security headers), so there is nothing to compare a hash with.
  app.disable('etag');
  app.use(refuseMethod);
  for (const route of routes) app.use(route(config));
  app.use(refusePath);
  app.use(errorResponder(config));
  return app;
}

/** The whole service as a plain listener of Node: both entry points, and the tests, put it behind their own server. */
export function createListener(
  config: Config = loadConfig(process.env),
  log: Logger = createServiceLogger(config),
): RequestListener {
  return createPipeline(createApp(config), config, log);
}
