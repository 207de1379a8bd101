import assert from 'node:assert/strict';

import { createListener } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { send } from '../send.ts';

const config = loadConfig({ LOG_LEVEL: 'silent', AWS_LAMBDA_FUNCTION_VERSION: '7' });
const listener = createListener(config);

describe('GET /healthz', () => {
  it('says which version answers', async () => {
    const { status, body } = await send(listener, '/healthz');
    assert.equal(status, 200);
    assert.deepEqual(body, {
      status: 'ok',
      name: config.name,
      version: config.version,
      functionVersion: '7',
    });
  });

  it('answers HEAD', async () => {
    const { status, body } = await send(listener, '/healthz', { method: 'HEAD' });
    assert.deepEqual([status, body], [200, '']);
  });
});
