import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { gzipSync } from 'node:zlib';

import { createListener } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { startServer, stopServer } from '../../src/server.ts';
import { json, send } from '../send.ts';

const listener = createListener(loadConfig({ LOG_LEVEL: 'silent', BODY_LIMIT: '40' }));
const path = '/hello/Ada';

const bodyOf = (body: NonNullable<RequestInit['body']>, headers: Record<string, string>): RequestInit => ({
  method: 'POST',
  body,
  headers,
  // fetch asks for it before it sends a stream.
  duplex: 'half',
});
const plain = { 'content-type': 'application/json' };
const gzipped = { 'content-type': 'application/json', 'content-encoding': 'gzip' };

describe('json body', () => {
  const readable: [title: string, init: RequestInit][] = [
    ['reads JSON', json({ greeting: 'Hi' })],
    [
      'reads JSON of a vendor',
      json({ greeting: 'Hi' }, { 'content-type': 'application/a+json; charset=utf-8' }),
    ],
    ['reads compressed JSON', bodyOf(gzipSync('{"greeting":"Hi"}'), gzipped)],
    ['reads JSON without a length', bodyOf(new Blob(['{"greeting":"Hi"}']).stream(), plain)],
  ];
  for (const [title, init] of readable)
    it(title, async () => {
      const { status, body } = await send(listener, path, init);
      assert.deepEqual([status, body], [200, { message: 'Hi, Ada!' }]);
    });

  const refused: [title: string, init: RequestInit, status: number, message: RegExp][] = [
    ['takes no body for an empty one', { method: 'POST' }, 422, /is missing/],
    ['refuses a form', bodyOf(new URLSearchParams('a=1'), {}), 415, /application\/json/],
    ['refuses a body without a type', bodyOf(Buffer.from('{}'), {}), 415, /application\/json/],
    ['refuses an unknown encoding', json({}, { 'content-encoding': 'zz' }), 415, /readable.*zz/],
    ['refuses broken JSON', bodyOf('{"greeting":', plain), 400, /readable.*JSON/],
    ['refuses a bare value', json('text'), 400, /readable.*JSON/],
    ['refuses a body that is not compressed as it says', bodyOf('{}', gzipped), 400, /readable/],
    ['refuses a large body', json({ greeting: 'x'.repeat(40) }), 413, /larger than 40 bytes/],
    [
      'refuses a body that unpacks large',
      bodyOf(gzipSync(' '.repeat(999)), gzipped),
      413,
      /larger than 40 bytes/,
    ],
  ];
  for (const [title, init, status, message] of refused)
    it(`${title}: ${status}`, async () => {
      const answer = await send(listener, path, init);
      assert.equal(answer.status, status);
      assert.match(JSON.stringify(answer.body), message);
    });

  it('reads past a refused body, so that the connection takes the next request', async () => {
    const { server, url } = await startServer(listener, { host: '127.0.0.1', port: 0 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = async (size: number): Promise<number | undefined> => {
      const sent = request(`${url}${path}`, { agent, method: 'POST', headers: plain });
      // Two writes make it chunked: without a length, the parser finds out too late not to begin.
      sent.write('{"greeting":"');
      sent.end(`${'x'.repeat(size)}"}`);
      const [response]: IncomingMessage[] = await once(sent, 'response');
      response?.resume();
      return response?.statusCode;
    };
    const statuses = [await post(200_000), await post(1)];
    agent.destroy();
    await stopServer(server, 0);
    assert.deepEqual(statuses, [413, 200]);
  });
});
