import assert from 'node:assert/strict';
import { once } from 'node:events';

import express from 'express';

import { requestLogger } from '../../src/middleware/request-log.ts';
import { captureLog } from '../logs.ts';
import { send } from '../send.ts';

describe('request log', () => {
  it('gives routes a logger that names the request', async () => {
    const { log, lines } = captureLog();
    const app = express();
    app.use(requestLogger(log));
    app.use((_req, res) => {
      res.locals.log.info('inside');
      res.send('text');
    });
    const { headers } = await send(app, '/');
    assert.deepEqual(
      lines.map(({ message }) => message),
      ['inside', 'request'],
    );
    for (const { requestId } of lines) assert.equal(requestId, headers.get('x-request-id'));
  });

  it('says when the client left before the answer', async () => {
    const { log, lines } = captureLog();
    const leave = new AbortController();
    const closed: Promise<unknown>[] = [];
    const app = express();
    app.use(requestLogger(log));
    app.use((_req, res) => {
      leave.abort();
      closed.push(once(res, 'close'));
    });
    await assert.rejects(send(app, '/', { signal: leave.signal }));
    await closed[0];
    assert.deepEqual(
      lines.map(({ message, outcome }) => [message, outcome]),
      [['request', 'aborted']],
    );
  });
});
