import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

import { Router } from '@koa/router';
import * as v from 'valibot';

import { parseInput } from '../input.ts';

const whole = (min: number, max: number) =>
  v.config(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(min), v.maxValue(max)), {
    message: `must be a whole number from ${min} to ${max}`,
  });

const inQuery = v.object({ count: v.optional(whole(1, 100), '10'), everyMs: v.optional(whole(1, 10_000), '1000') });

/** The example of a stream: server-sent events, each of which reaches the client when it happens. */
export function events(): Router {
  const router = new Router();
  router.get('/events', (ctx) => {
    const { count, everyMs } = parseInput(inQuery, ctx.query, 'query');
    ctx.type = 'text/event-stream';
    ctx.body = Readable.from(tick(count, everyMs));
  });
  return router;
}

/** Is ended at its next event where the client has left. */
async function* tick(count: number, everyMs: number): AsyncGenerator<string> {
  for (let id = 1; id <= count; id += 1) {
    await setTimeout(id === 1 ? 0 : everyMs);
    yield `id: ${id}\ndata: ${JSON.stringify({ count: id })}\n\n`;
  }
}
