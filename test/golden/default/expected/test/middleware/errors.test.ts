import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Middleware } from 'koa';

import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { HttpError } from '../../src/http-error.ts';
import { createPipeline } from '../../src/pipeline.ts';
import { captureLog } from '../logs.ts';
import { send } from '../send.ts';

/** The whole service, with one more middleware behind its routes. */
function serviceWith(middleware: Middleware, env: Record<string, string> = { STAGE: 'dev' }) {
  const { log, lines } = captureLog();
  const config = loadConfig(env);
  const app = createApp(config, log);
  app.use(middleware);
  return { app, lines, listener: createPipeline(app.callback(), config, log) };
}

const circular: Record<string, unknown> = {};
circular['self'] = circular;

describe('errors', () => {
  const faults: [title: string, middleware: Middleware, message: RegExp][] = [
    ['an Error', () => Promise.reject(new Error('password=1')), /^password=1$/],
    // oxlint-disable-next-line prefer-promise-reject-errors
    ['what is no Error', () => Promise.reject({ code: 7 }), /Not an Error was thrown: \{ code: 7 \}/],
    ['nothing', () => Promise.reject(), /Not an Error was thrown: undefined/],
    ['an upstream that broke off', () => pipeline(broken(), new PassThrough()), /Premature close/],
    ['a bigint in the body', (ctx) => void (ctx.body = { size: 1n }), /BigInt/],
    ['a circular body', (ctx) => void (ctx.body = circular), /circular/],
    ['headers that cannot be sent', () => Promise.reject(new HttpError(503, 'x', { headers: { A: '\n' } })), /header/],
  ];
  for (const [title, middleware, message] of faults)
    it(`answers ${title} with 500 and no word of the cause, and logs that`, async () => {
      const { listener, lines } = serviceWith(middleware);
      const { status, headers, body } = await send(listener, '/');
      assert.deepEqual([status, body], [500, { error: { status: 500, message: 'Internal Server Error' } }]);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      const line = lines.findLast(({ level }) => level === 'ERROR');
      assert.match(String(line?.['message']), message);
      assert.equal(line?.['requestId'], headers.get('x-request-id'));
    });

  it('shows message and stack on a laptop', async () => {
    const { listener } = serviceWith(() => Promise.reject(new Error('password=1')), {});
    const { body } = await send(listener, '/');
    assert.match(JSON.stringify(body), /"message":"password=1","stack":"Error: password=1\\n +at /);
  });

  it('hands a fault of ours to the listeners of the app, and no mistake of the client', async () => {
    const { app, listener, lines } = serviceWith((ctx) => {
      throw new HttpError(ctx.path === '/fault' ? 503 : 409);
    });
    const emitted = once(app, 'error');
    for (const path of ['/', '/healthz/deeper', '/fault']) await send(listener, path);
    const [error] = await emitted;
    assert.equal(error.status, 503);
    assert.equal(lines.filter(({ level }) => level === 'ERROR').length, 1);
  });

  it('logs what goes wrong outside a request too', () => {
    const { app, lines } = serviceWith(() => {});
    app.emit('error', new Error('timer'));
    assert.partialDeepStrictEqual(lines, [{ level: 'ERROR', message: 'timer' }]);
  });

  it('drops what the route said about its own body and keeps what stood before', async () => {
    const { listener } = serviceWith((ctx) => {
      ctx.set({ 'Content-Encoding': 'gzip', ETag: '"1"', 'Cache-Control': 'max-age=60' });
      throw new HttpError(503, 'Later.', { headers: { 'Retry-After': '9' }, details: [{ name: 'id' }] });
    });
    const { headers, body } = await send(listener, '/');
    assert.deepEqual(body, { error: { status: 503, message: 'Later.', details: [{ name: 'id' }] } });
    assert.deepEqual([headers.get('content-encoding'), headers.get('etag')], [null, null]);
    assert.deepEqual([headers.get('cache-control'), headers.get('retry-after')], ['no-store', '9']);
  });
});

function broken(): Readable {
  return new Readable({ read: () => {} }).destroy();
}
