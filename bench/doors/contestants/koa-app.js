import { bodyParser } from '@koa/bodyparser';
import { Router } from '@koa/router';
import Koa from 'koa';

/** The same small service for every adapter that takes Koa. */
export function createApp() {
  const router = new Router();
  router.get('/hello/:name', (ctx) => {
    ctx.body = { message: `Hello, ${ctx.params.name}!` };
  });
  return new Koa().use(bodyParser()).use(router.routes()).use(router.allowedMethods());
}
