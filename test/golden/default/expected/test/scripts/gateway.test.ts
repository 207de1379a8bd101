import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';

import { type FrontEnd, frontEnds } from '../../scripts/gateway/front-end.ts';
import type { Handler } from '../../scripts/gateway/invocation.ts';
import { createGateway } from '../../scripts/gateway/server.ts';

interface Asked extends RequestInit {
  readonly frontEnd?: FrontEnd;
  readonly stage?: string;
  readonly path?: string;
}

/** Serves a handler behind a gateway for one request. */
async function ask(handler: Handler, { frontEnd = frontEnds.http, stage, path = '/', ...init }: Asked = {}) {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const server = createGateway(handler, { frontEnd, log, ...(stage === undefined ? {} : { stage }) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { error } = console;
  console.error = () => {};
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: response.status, headers: response.headers, text: await response.text(), lines };
  } finally {
    console.error = error;
    server.close().closeAllConnections();
  }
}

const large: Handler = async () => ({ statusCode: 200, body: 'x'.repeat(7_000_000) });
const echo: Handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });

describe('the gateway', () => {
  const paths: [name: keyof typeof frontEnds, key: string, path: string][] = [
    ['http', 'rawPath', '/dev/a b'],
    ['http-1.0', 'path', '/dev/a b'],
    ['rest', 'path', '/a%20b'],
    ['url', 'rawPath', '/dev/a%20b'],
  ];
  for (const [name, key, path] of paths)
    it(`writes the path of a named stage as ${name} does`, async () => {
      const { text } = await ask(echo, { frontEnd: frontEnds[name], stage: 'dev', path: '/a%20b?c=1' });
      assert.equal(JSON.parse(text)[key], path);
    });

  it('prints one line for each request', async () => {
    const { lines } = await ask(echo, { path: '/a?b=1', method: 'DELETE' });
    assert.match(lines.join('\n'), /^http-2\.0 DELETE \/a\?b=1 200 \d+\.\d ms$/);
  });

  it('makes several headers of a list, and bytes of base64', async () => {
    const cookies = ['a=1', 'b=2'];
    const { headers, text } = await ask(async () => ({
      statusCode: 200,
      cookies,
      body: 'aGk=',
      isBase64Encoded: true,
    }));
    assert.deepEqual([headers.getSetCookie(), text], [cookies, 'hi']);
  });

  it('renames what REST APIs keep for themselves', async () => {
    const multiValueHeaders = { 'www-authenticate': ['Basic'] };
    const { headers } = await ask(async () => ({ statusCode: 401, multiValueHeaders }), {
      frontEnd: frontEnds.rest,
    });
    assert.equal(headers.get('x-amzn-remapped-www-authenticate'), 'Basic');
  });

  const headers = { 'x-long': 'x'.repeat(11_000) };
  const slow = { ...frontEnds.http, timeoutMs: 5 };
  const body = 'x'.repeat(11 * 1024 * 1024);
  const faults: [title: string, handler: Handler, asked: Asked, status: number][] = [
    ['headers over 10 kB', echo, { headers }, 431],
    ['a body over 10 MB', echo, { method: 'POST', body }, 413],
    ['an event over 6 MB', echo, { method: 'POST', body: body.slice(0, 7_000_000) }, 413],
    ['a result over 6 MB', large, {}, 500],
    ['a result that is none', async () => 'text', {}, 500],
    [
      'a handler that rejects',
      async () => Promise.reject(new Error('boom')),
      { frontEnd: frontEnds.rest },
      502,
    ],
    ['a handler that takes too long', () => new Promise(() => {}), { frontEnd: slow }, 504],
    ['a path that cannot be decoded', echo, { path: '/%E0' }, 400],
  ];
  for (const [title, handler, asked, status] of faults)
    it(`answers ${status} to ${title}`, async () => assert.equal((await ask(handler, asked)).status, status));
});
