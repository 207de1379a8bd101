import { Router } from '@koa/router';

import type { Config } from '../config.ts';
import { parseInput } from '../input.ts';
import { deliverMessage } from '../jobs/deliver-message.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { readJson } from '../json-body.ts';

/** The example: answers before the work is done, which a job does. */
export function messages(config: Config): Router {
  const router = new Router();
  router.post('/messages', async (ctx) => {
    const message = parseInput(deliverMessage.input, await readJson(ctx.req, config.bodyLimit), 'body');
    await enqueue('deliver-message', message, { config, log: ctx.req.log });
    ctx.status = 202;
    ctx.body = { message: 'It will be delivered.' };
  });
  return router;
}
