import { Router } from 'express';

import type { Config } from '../config.ts';

/** Says which version answers; a deploy waits here for the one that it published. */
export function health({ name, version, functionVersion }: Config): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok', name, version, functionVersion });
  });
  return router;
}
