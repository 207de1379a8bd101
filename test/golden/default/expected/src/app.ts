import { METHODS, type RequestListener } from 'node:http';

import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';

import { type Config, loadConfig } from './config.ts';
import { createServiceLogger, type Logger } from './log.ts';
import { errorResponder, refuseUnanswered } from './middleware/errors.ts';
import { createPipeline } from './pipeline.ts';
import { routes } from './routes/index.ts';

/** The app: its middleware and its routes. What every request passes through before is in `pipeline.ts`. */
export function createApp(config: Config = loadConfig(process.env), log: Logger = createServiceLogger(config)): Koa {
  const app = new Koa({ env: config.stage });
  // What goes wrong outside a request has no logger of its own.
  app.on('error', (error: Error, ctx?: Context) => (ctx?.req.log ?? log).error(error.message, { error }));
  Object.assign(app.context, { onerror: errorResponder(config) });
  app.use(refuseUnanswered);
  // The router takes a method that it does not know for a fault of ours: 501 where 405 is meant.
  const router = new Router({ methods: METHODS });
  for (const route of routes) router.use(route(config).routes());
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}

/** The whole service as a plain listener of Node: both entry points, and the tests, put it behind their own server. */
export function createListener(
  config: Config = loadConfig(process.env),
  log: Logger = createServiceLogger(config),
): RequestListener {
  return createPipeline(createApp(config, log).callback(), config, log);
}
