import assert from 'node:assert/strict';

import { createEvent } from '../../scripts/gateway/event.ts';
import { frontEnds } from '../../scripts/gateway/front-end.ts';
import { invoke } from '../../scripts/gateway/invocation.ts';

describe('src/lambda.ts', () => {
  it('exports the handler of the service', async () => {
    process.env['LOG_LEVEL'] = 'silent';
    const { handler } = await import('../../src/lambda.ts');
    const request = {
      method: 'GET',
      target: '/healthz',
      headers: [],
      body: Buffer.alloc(0),
      address: '203.0.113.7',
    };
    const event = createEvent('http-2.0', request, { ...frontEnds.http, stage: '$default' });
    const result = (await invoke(handler, event, 5000)) as { statusCode: number };
    assert.equal(result.statusCode, 200);
  });
});
