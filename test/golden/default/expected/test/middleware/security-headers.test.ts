import assert from 'node:assert/strict';

import { createListener } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { send } from '../send.ts';

describe('security headers', () => {
  const listener = createListener(loadConfig({ LOG_LEVEL: 'silent' }));
  const expected = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=63072000',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-powered-by': null,
  };
  for (const path of ['/healthz', '/nowhere'])
    it(`are on ${path}`, async () => {
      const { headers } = await send(listener, path);
      for (const [name, value] of Object.entries(expected)) assert.equal(headers.get(name), value, name);
    });
});
