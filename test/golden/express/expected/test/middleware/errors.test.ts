import assert from 'node:assert/strict';

import express, { type Express, type RequestHandler } from 'express';

import { HttpError } from '../../src/http-error.ts';
import { errorResponder, keepHeaders } from '../../src/middleware/errors.ts';
import { requestLogger } from '../../src/middleware/request-log.ts';
import { setSecurityHeaders } from '../../src/middleware/security-headers.ts';
import { captureLog } from '../logs.ts';
import { send } from '../send.ts';

/** One route between what stands before and behind the routes. */
function appWith(
  route: RequestHandler,
  stacks: 'shown' | 'hidden' = 'hidden',
): { app: Express } & ReturnType<typeof captureLog> {
  const captured = captureLog();
  const app = express().disable('etag');
  app.use(requestLogger(captured.log), setSecurityHeaders, keepHeaders);
  app.use(route, errorResponder({ stacks }));
  return { app, ...captured };
}

const fail = () => {
  throw new Error('password=1');
};

describe('errors', () => {
  it('answers a fault of ours without a word of its cause, and logs that', async () => {
    const { app, lines } = appWith(fail);
    const { status, body } = await send(app, '/');
    assert.equal(status, 500);
    assert.deepEqual(body, { error: { status: 500, message: 'Internal Server Error' } });
    const line = lines.find(({ level }) => level === 'ERROR');
    assert.partialDeepStrictEqual(line, { message: 'password=1', error: { name: 'Error' } });
    assert.equal(typeof line?.['requestId'], 'string');
  });

  it('shows message and stack on a laptop', async () => {
    const { app } = appWith(fail, 'shown');
    const { body } = await send(app, '/');
    assert.match(JSON.stringify(body), /"message":"password=1","stack":"Error: password=1\\n +at /);
  });

  it('does not log a mistake of the client as an error', async () => {
    const { app, lines } = appWith(() => {
      throw new HttpError(409);
    });
    await send(app, '/');
    assert.deepEqual(
      lines.map(({ level }) => level),
      ['INFO'],
    );
  });

  it('drops what the route said about its own body and keeps what stood before', async () => {
    const { app } = appWith((_req, res) => {
      res.set({ 'Content-Encoding': 'gzip', ETag: '"1"', 'Cache-Control': 'max-age=60' });
      throw new HttpError(503, 'Later.', { headers: { 'Retry-After': '9' } });
    });
    const { headers, body } = await send(app, '/');
    assert.deepEqual(body, { error: { status: 503, message: 'Later.' } });
    assert.deepEqual([headers.get('content-encoding'), headers.get('etag')], [null, null]);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('retry-after'), '9');
  });

  it('cuts the connection when half an answer is out', async () => {
    const { app, lines } = appWith((_req, res) => {
      res.writeHead(200, { 'content-length': 10 }).write('half');
      throw new Error('broken');
    });
    await assert.rejects(send(app, '/'));
    assert.deepEqual(
      lines.map(({ message, outcome }) => outcome ?? message),
      ['broken', 'aborted'],
    );
  });
});
