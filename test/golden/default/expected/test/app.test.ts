import assert from 'node:assert/strict';

import { createListener } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { json, send } from './send.ts';

const listener = createListener(loadConfig({ LOG_LEVEL: 'silent' }));

describe('app', () => {
  const failures: [method: string, path: string, status: number, message: string][] = [
    ['GET', '/', 404, 'Not Found'],
    ['POST', '/healthz/deeper', 404, 'Not Found'],
    ['OPTIONS', '/nowhere', 404, 'Not Found'],
    ['DELETE', '/healthz', 405, 'Method Not Allowed'],
    ['PROPFIND', '/hello/Ada', 405, 'Method Not Allowed'],
    ['GET', '/hello/%zz', 400, 'The target of the request is malformed.'],
    ['GET', '/nowhere/%ff', 400, 'The target of the request is malformed.'],
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

  it('answers OPTIONS with Allow', async () => {
    const { status, headers, body } = await send(listener, '/healthz', { method: 'OPTIONS' });
    assert.deepEqual([status, body], [200, '']);
    assert.deepEqual(headers.get('allow')?.split(', ').toSorted(), ['GET', 'HEAD']);
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

  for (const path of ['/healthz', '/nowhere', '/%zz'])
    it(`puts the security headers and the request id on ${path}`, async () => {
      const { headers } = await send(listener, path, { headers: { 'x-request-id': 'abc-1' } });
      const expected = {
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'strict-transport-security': 'max-age=63072000',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-powered-by': null,
        'x-request-id': 'abc-1',
      };
      for (const [name, value] of Object.entries(expected)) assert.equal(headers.get(name), value, name);
    });
});
