import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';

import { loadConfig } from '../../src/config.ts';
import { createPipeline } from '../../src/pipeline.ts';
import { captureLog } from '../logs.ts';
import { send } from '../send.ts';

/** Sends one request to an app that is a plain listener. */
async function logOf(app: RequestListener, path = '/', init: RequestInit = {}) {
  const { log, lines } = captureLog();
  const answer = await send(createPipeline(app, loadConfig({}), log), path, init).catch(() => undefined);
  return { answer, lines };
}

describe('request log', () => {
  it('has one line a request, without the query', async () => {
    const { lines } = await logOf((_, res) => res.end(), '/hello?secret=1');
    const [{ durationMs, requestId, ...line } = {}, ...others] = lines;
    assert.equal(typeof durationMs, 'number');
    assert.match(String(requestId), /^[\da-f-]{36}$/);
    delete line['timestamp'];
    assert.deepEqual(
      [line, others],
      [{ level: 'INFO', message: 'request', method: 'GET', path: '/hello', status: 200 }, []],
    );
  });

  it('gives routes a logger that names the request as the answer does', async () => {
    const { answer, lines } = await logOf((req, res) => {
      req.log.info('inside');
      res.end();
    });
    assert.deepEqual(
      lines.map(({ message }) => message),
      ['inside', 'request'],
    );
    for (const { requestId } of lines) assert.equal(requestId, answer?.headers.get('x-request-id'));
  });

  it('has the id of the client under a name of its own, and answers with it', async () => {
    const { answer, lines } = await logOf((_, res) => res.end(), '/', { headers: { 'x-request-id': 'a/1' } });
    assert.partialDeepStrictEqual(lines, [{ clientRequestId: 'a/1' }]);
    assert.notEqual(lines[0]?.['requestId'], 'a/1');
    assert.equal(answer?.headers.get('x-request-id'), 'a/1');
  });

  it('gives a client that left the status 499', async () => {
    const leave = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const { lines } = await logOf(
      (_, res) => {
        closed = once(res, 'close');
        leave.abort();
      },
      '/',
      { signal: leave.signal },
    );
    await closed;
    assert.partialDeepStrictEqual(lines, [{ message: 'request', status: 499 }]);
    assert.equal(lines.length, 1);
  });
});
