import assert from 'node:assert/strict';
import { once } from 'node:events';

import type { Middleware } from 'koa';

import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { HttpError } from '../../src/http-error.ts';
import { captureLog } from '../logs.ts';
import { send } from '../send.ts';

/** The whole app, with one more middleware behind its routes. */
function appWith(middleware: Middleware, env: Record<string, string> = { STAGE: 'dev' }) {
  const { log, lines } = captureLog();
  const app = createApp(loadConfig(env), log);
  app.use(middleware);
  return { app, lines };
}

const fail = () => {
  throw new Error('password=1');
};

describe('errors', () => {
  it('answers a fault of ours without a word of its cause, and logs that', async () => {
    const { app, lines } = appWith(fail);
    const { status, body } = await send(app.callback(), '/');
    assert.equal(status, 500);
    assert.deepEqual(body, { error: { status: 500, message: 'Internal Server Error' } });
    const line = lines.find(({ level }) => level === 'ERROR');
    assert.partialDeepStrictEqual(line, { message: 'password=1', error: { name: 'Error' } });
    assert.equal(typeof line?.['requestId'], 'string');
  });

  it('shows message and stack on a laptop', async () => {
    const { app } = appWith(fail, {});
    const { body } = await send(app.callback(), '/');
    assert.match(JSON.stringify(body), /"message":"password=1","stack":"Error: password=1\\n +at /);
  });

  it('hands every failure to the listeners of the app', async () => {
    const { app } = appWith(() => {
      throw new HttpError(409);
    });
    const emitted = once(app, 'error');
    await send(app.callback(), '/');
    const [error] = await emitted;
    assert.equal(error.status, 409);
  });

  it('logs what goes wrong outside a request too', () => {
    const { app, lines } = appWith(fail);
    app.emit('error', new Error('timer'));
    assert.deepEqual(
      lines.map(({ message }) => message),
      ['timer'],
    );
  });

  it('does not log a mistake of the client as an error', async () => {
    const { app, lines } = appWith((_, next) => next());
    await send(app.callback(), '/');
    assert.deepEqual(
      lines.map(({ level }) => level),
      ['INFO'],
    );
  });

  it('drops what the route said about its own body and keeps what stood before', async () => {
    const { app } = appWith((ctx) => {
      ctx.set({ 'Content-Encoding': 'gzip', ETag: '"1"', 'Cache-Control': 'max-age=60' });
      throw new HttpError(503, 'Later.', { headers: { 'Retry-After': '9' } });
    });
    const { headers, body } = await send(app.callback(), '/');
    assert.deepEqual(body, { error: { status: 503, message: 'Later.' } });
    assert.deepEqual([headers.get('content-encoding'), headers.get('etag')], [null, null]);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('retry-after'), '9');
  });

  it('leaves an answer alone that the route wrote itself', async () => {
    const { app } = appWith((ctx) => {
      ctx.respond = false;
      ctx.res.statusCode = 404;
      ctx.res.end('my own');
    });
    assert.equal((await send(app.callback(), '/')).body, 'my own');
  });

  it('cuts the connection when half an answer is out', async () => {
    const { app, lines } = appWith((ctx) => {
      ctx.res.writeHead(200, { 'content-length': 10 }).write('half');
      throw new Error('broken');
    });
    await assert.rejects(send(app.callback(), '/'));
    assert.deepEqual(
      lines.map(({ message, outcome }) => outcome ?? message),
      ['broken', 'aborted'],
    );
  });
});
