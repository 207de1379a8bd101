import assert from 'node:assert/strict';

import { createListener } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { captureLog } from './logs.ts';
import { json, send } from './send.ts';

const listener = createListener(loadConfig({ LOG_LEVEL: 'silent', CORS_ORIGINS: 'https://app.example' }));

describe('app', () => {
  const failures: [method: string, path: string, status: number, message: string][] = [
    ['GET', '/', 404, 'Not Found'],
    ['POST', '/healthz/deeper', 404, 'Not Found'],
    ['DELETE', '/healthz', 405, 'Method Not Allowed'],
    ['PROPFIND', '/hello/Ada', 405, 'Method Not Allowed'],
  ];
  for (const [method, path, status, message] of failures)
    it(`answers ${method} ${path} with ${status} as JSON`, async () => {
      const answer = await send(listener, path, { method });
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, { error: { status, message } });
    });

  it('says in Allow which methods a path has', async () => {
    const { headers } = await send(listener, '/hello/Ada', { method: 'PUT' });
    assert.deepEqual(headers.get('allow')?.split(', ').toSorted(), ['GET', 'HEAD', 'POST']);
  });

  it('answers OPTIONS with Allow, and 404 where there is no route', async () => {
    const { status, headers } = await send(listener, '/healthz', { method: 'OPTIONS' });
    assert.equal(status, 200);
    assert.deepEqual(headers.get('allow')?.split(', ').toSorted(), ['GET', 'HEAD']);
    assert.equal((await send(listener, '/', { method: 'OPTIONS' })).status, 404);
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const get = await send(listener, '/hello/Ada');
    const head = await send(listener, '/hello/Ada', { method: 'HEAD' });
    assert.deepEqual([head.status, head.body], [200, '']);
    for (const name of ['content-type', 'content-length'])
      assert.equal(head.headers.get(name), get.headers.get(name), name);
  });

  it('refuses a method before it reads the body', async () => {
    const { status } = await send(listener, '/healthz', { ...json({}), body: '{' });
    assert.equal(status, 405);
  });

  it('puts the security headers, CORS and the request id on errors too', async () => {
    const headers = { 'x-request-id': 'abc-1', origin: 'https://app.example' };
    const answer = await send(listener, '/nowhere', { headers });
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('access-control-allow-origin'), 'https://app.example');
    assert.equal(answer.headers.get('x-request-id'), 'abc-1');
  });

  it('logs one line a request, without the query', async () => {
    const { log, lines } = captureLog();
    await send(createListener(loadConfig({}), log), '/hello/Ada?lang=xx', {
      headers: { 'x-request-id': 'abc-1' },
    });
    assert.equal(lines.length, 1);
    const { timestamp, durationMs, ...rest } = lines[0] ?? {};
    assert.ok(typeof timestamp === 'string' && typeof durationMs === 'number');
    assert.deepEqual(rest, {
      level: 'INFO',
      message: 'request',
      requestId: 'abc-1',
      method: 'GET',
      path: '/hello/Ada',
      status: 422,
      outcome: 'answered',
    });
  });
});
