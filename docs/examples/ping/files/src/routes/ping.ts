import { Router } from '@koa/router';

/** GET /ping: whether the way here is open, for whoever watches it from outside. */
export function ping(): Router {
  const router = new Router();
  router.get('/ping', (context) => {
    context.body = { pong: true };
  });
  return router;
}
