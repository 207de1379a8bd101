import { METHODS, type RequestListener } from 'node:http';

import { Router } from '@koa/router';
import Koa from 'koa';

import { type Config, loadConfig } from './config.ts';
import { createLogger, type Logger } from './log.ts';
import { originAllower } from './middleware/cors.ts';
import { errorLogger, errorResponder } from './middleware/errors.ts';
import { requestLogger } from './middleware/request-log.ts';
import { setSecurityHeaders } from './middleware/security-headers.ts';
import { routes } from './routes/index.ts';

/** The service without a server: both entry points, and the tests, put it behind their own. */
export function createApp(
  config: Config = loadConfig(process.env),
  log: Logger = createLogger(config.logLevel),
): Koa {
  const app = new Koa({ env: config.stage });
  app.on('error', errorLogger(log));
  app.use(requestLogger(log));
  app.use(setSecurityHeaders);
  app.use(originAllower(config.corsOrigins));
  app.use(errorResponder(config));
  // The router takes a method that it does not know for a fault of ours: 501 where 405 is meant.
  const router = new Router({ methods: METHODS });
  for (const route of routes) router.use(route(config).routes());
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}

/** The same as a plain listener of Node, which is all that an entry point needs to know. */
export function createListener(config?: Config, log?: Logger): RequestListener {
  return createApp(config, log).callback();
}
