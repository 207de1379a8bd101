import assert from 'node:assert/strict';

import { createListener } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { startServer, stopServer } from '../../src/server.ts';
import { send } from '../send.ts';

const listener = createListener(loadConfig({ LOG_LEVEL: 'silent' }));

describe('GET /events', () => {
  it('sends events, the first of them before the second happens', async () => {
    const { server, url } = await startServer(listener, { host: '127.0.0.1', port: 0 });
    try {
      const start = performance.now();
      const { headers, body } = await fetch(`${url}/events?count=2&everyMs=200`);
      assert.match(headers.get('content-type') ?? '', /^text\/event-stream/);
      const pieces: string[] = [];
      for await (const piece of body ?? []) {
        pieces.push(Buffer.from(piece).toString());
        if (pieces.length === 1) assert.ok(performance.now() - start < 200);
      }
      assert.deepEqual(pieces, ['id: 1\ndata: {"count":1}\n\n', 'id: 2\ndata: {"count":2}\n\n']);
    } finally {
      await stopServer(server, 0);
    }
  });

  for (const query of ['count=0', 'count=x', 'everyMs=10001'])
    it(`refuses ${query}`, async () => {
      const { status } = await send(listener, `/events?${query}`);
      assert.equal(status, 422);
    });
});
