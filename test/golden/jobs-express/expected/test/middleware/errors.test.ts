import assert from 'node:assert/strict';

import express, { type RequestHandler } from 'express';

import { loadConfig } from '../../src/config.ts';
import { HttpError } from '../../src/http-error.ts';
import { errorResponder } from '../../src/middleware/errors.ts';
import { createPipeline } from '../../src/pipeline.ts';
import { captureLog } from '../logs.ts';
import { send } from '../send.ts';

/** One route between what stands before and behind the routes. */
function serviceWith(route: RequestHandler, env: Record<string, string> = { STAGE: 'dev' }) {
  const { log, lines } = captureLog();
  const config = loadConfig(env);
  const app = express().use(route, errorResponder(config));
  return { lines, listener: createPipeline(app, config, log) };
}

const fail = (thrown: unknown) => () => {
  throw thrown;
};
const circular: Record<string, unknown> = {};
circular['self'] = circular;

describe('errors', () => {
  const faults: [title: string, route: RequestHandler, message: RegExp][] = [
    ['an Error', fail(new Error('password=1')), /^password=1$/],
    ['what is no Error', fail({ code: 7 }), /Not an Error was thrown: \{ code: 7 \}/],
    ['a bigint in the body', (_req, res) => res.json({ size: 1n }), /BigInt/],
    ['a circular body', (_req, res) => res.json(circular), /circular/],
    ['headers that cannot be sent', fail(new HttpError(503, 'x', { headers: { A: '\n' } })), /header/],
  ];
  for (const [title, route, message] of faults)
    it(`answers ${title} with 500 and no word of the cause, and logs that`, async () => {
      const { listener, lines } = serviceWith(route);
      const { status, headers, body } = await send(listener, '/');
      assert.deepEqual([status, body], [500, { error: { status: 500, message: 'Internal Server Error' } }]);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      const line = lines.findLast(({ level }) => level === 'ERROR');
      assert.match(String(line?.['message']), message);
      assert.equal(line?.['requestId'], headers.get('x-request-id'));
    });

  it('shows message and stack on a laptop', async () => {
    const { listener } = serviceWith(fail(new Error('password=1')), {});
    const { body } = await send(listener, '/');
    assert.match(JSON.stringify(body), /"message":"password=1","stack":"Error: password=1\\n +at /);
  });

  it('does not log a mistake of the client as an error', async () => {
    const { listener, lines } = serviceWith(fail(new HttpError(409)));
    await send(listener, '/');
    assert.deepEqual(
      lines.map(({ level, status }) => [level, status]),
      [['INFO', 409]],
    );
  });

  it('drops what the route said about its own body and keeps what stood before', async () => {
    const { listener } = serviceWith((_req, res) => {
      res.set({ 'Content-Encoding': 'gzip', ETag: '"1"', 'Cache-Control': 'max-age=60' });
      throw new HttpError(503, 'Later.', { headers: { 'Retry-After': '9' }, details: [{ name: 'id' }] });
    });
    const { headers, body } = await send(listener, '/');
    assert.deepEqual(body, { error: { status: 503, message: 'Later.', details: [{ name: 'id' }] } });
    assert.deepEqual([headers.get('content-encoding'), headers.get('etag')], [null, null]);
    assert.deepEqual([headers.get('cache-control'), headers.get('retry-after')], ['no-store', '9']);
  });

  it('cuts the connection when half an answer is out', async () => {
    const { listener, lines } = serviceWith((_req, res) => {
      res.writeHead(200, { 'content-length': 10 }).write('half');
      throw new Error('torn');
    });
    await assert.rejects(send(listener, '/'));
    assert.partialDeepStrictEqual(lines, [{ message: 'torn' }, { message: 'request', status: 500 }]);
  });
});
