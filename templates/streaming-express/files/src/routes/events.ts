import { pipeline, Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

import { Router } from 'express';
import * as v from 'valibot';

import { parseInput } from '../input.ts';

const whole = (min: number, max: number) =>
  v.config(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(min), v.maxValue(max)), {
    message: `must be a whole number from ${min} to ${max}`,
  });

const inQuery = v.object({ count: v.optional(whole(1, 100), '10'), everyMs: v.optional(whole(1, 10_000), '1000') });

/** The example of a stream: server-sent events, each of which reaches the client when it happens. */
export function events(): Router {
  const router = Router();
  router.get('/events', (req, res, next) => {
    const { count, everyMs } = parseInput(inQuery, req.query, 'query');
    res.type('text/event-stream');
    pipeline(Readable.from(tick(count, everyMs)), res, (error) => {
      // A client that left is no failure; the request log has it.
      if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') next(error);
    });
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
