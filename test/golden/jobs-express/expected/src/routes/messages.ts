import { Router } from 'express';

import type { Config } from '../config.ts';
import { parseInput } from '../input.ts';
import { deliverMessage } from '../jobs/deliver-message.ts';
import { enqueue } from '../jobs/enqueue.ts';
import { readJson } from '../json-body.ts';

/** The example: answers before the work is done, which a job does. */
export function messages(config: Config): Router {
  const router = Router();
  router.post('/messages', async (req, res) => {
    const message = parseInput(deliverMessage.input, await readJson(req, config.bodyLimit), 'body');
    await enqueue('deliver-message', message, { config, log: req.log });
    res.status(202).json({ message: 'It will be delivered.' });
  });
  return router;
}
