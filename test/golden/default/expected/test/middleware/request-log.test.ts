import assert from 'node:assert/strict';
import { once } from 'node:events';

import Koa from 'koa';

import { requestLogger } from '../../src/middleware/request-log.ts';
import { captureLog } from '../logs.ts';
import { send } from '../send.ts';

describe('request log', () => {
  it('gives routes a logger that names the request', async () => {
    const { log, lines } = captureLog();
    const app = new Koa();
    app.use(requestLogger(log));
    app.use((ctx) => {
      ctx.state.log.info('inside');
      ctx.body = 'text';
    });
    const { headers } = await send(app.callback(), '/');
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
    const app = new Koa();
    app.use(requestLogger(log));
    app.use(async (ctx) => {
      leave.abort();
      closed.push(once(ctx.res, 'close'));
      await closed[0];
    });
    await assert.rejects(send(app.callback(), '/', { signal: leave.signal }));
    await closed[0];
    assert.deepEqual(
      lines.map(({ message, outcome }) => [message, outcome]),
      [['request', 'aborted']],
    );
  });
});
