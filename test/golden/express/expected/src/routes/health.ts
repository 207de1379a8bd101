import { Router } from 'express';

import type { Config } from '../config.ts';
import { refuseMethod } from '../middleware/errors.ts';

/** Says which version answers; a deploy waits here for the one that it published. */
export function health({ name, version, functionVersion }: Config): Router {
  const router = Router();
  router
    .route('/healthz')
    .get((_req, res) => {
      res.json({ status: 'ok', name, version, functionVersion });
    })
    .all(refuseMethod);
  return router;
}
