import { Router } from '@koa/router';

import type { Config } from '../config.ts';

/** Says which version answers; a deploy waits here for the one that it published. */
export function health({ name, version, functionVersion }: Config): Router {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok', name, version, functionVersion };
  });
  return router;
}
