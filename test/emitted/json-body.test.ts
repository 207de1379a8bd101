import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { statusOf } from '../../templates/service/files/src/http-error.ts';
import { readJson } from '../../templates/service/files/src/json-body.ts';

/** Answers with what it read, within a limit of 40 bytes. */
const server = createServer((req, res) => {
  void readJson(req, 40)
    .catch((error: Error) => {
      res.statusCode = statusOf(error);
      return error.message;
    })
    .then((body) => res.end(JSON.stringify({ body })));
});

const bodyOf = (
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
): RequestInit & { duplex: 'half' } => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json', ...headers },
  // fetch asks for it before it sends a stream.
  duplex: 'half',
});
const typed = (body: Uint8Array<ArrayBuffer> | string, type: string) => bodyOf(body, { 'content-type': type });
const encoded = (body: Uint8Array<ArrayBuffer> | string, encoding: string) => bodyOf(body, { 'content-encoding': encoding });

const json = (value: unknown): RequestInit => bodyOf(JSON.stringify(value));

describe('a JSON body', () => {
  let url = '';
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close().closeAllConnections();
  });

  const send = async (init: RequestInit): Promise<[number, unknown]> => {
    const answer = await fetch(url, init);
    return [answer.status, ((await answer.json()) as { body?: unknown }).body];
  };

  const text = '{"a":"ä"}';
  const readable: [title: string, init: RequestInit][] = [
    ['JSON', json({ a: 'ä' })],
    ['JSON of a DELETE', { ...json({ a: 'ä' }), method: 'DELETE' }],
    ['JSON of a vendor', typed(text, 'application/vnd.a+json; charset="UTF-8"')],
    ['JSON with other parameters', typed(text, 'application/json; v=1;charset=utf-8; q=1')],
    ['JSON behind a byte order mark', bodyOf(`\uFEFF${text}`)],
    ['gzip', encoded(gzipSync(text), 'gzip')],
    ['deflate', encoded(deflateSync(text), 'deflate')],
    ['brotli', encoded(brotliCompressSync(text), 'br')],
    ['JSON without a length', bodyOf(new Blob([text]).stream())],
  ];
  for (const [title, init] of readable)
    it(`is read: ${title}`, async () => assert.deepEqual(await send(init), [200, { a: 'ä' }]));

  const nothing: [title: string, init: RequestInit][] = [
    ['nothing', { method: 'POST' }],
    ['nothing, gzipped', encoded(gzipSync(''), 'gzip')],
    ['nothing without a length', bodyOf(new Blob([]).stream(), { 'content-type': '' })],
  ];
  for (const [title, init] of nothing)
    it(`is undefined when it is empty: ${title}`, async () => assert.deepEqual(await send(init), [200, undefined]));

  const refused: [title: string, init: RequestInit, status: number, message: RegExp][] = [
    ['a form', typed('a=1', 'application/x-www-form-urlencoded'), 415, /application\/json/],
    ['a body without a type', typed(Buffer.from('{}'), ''), 415, /application\/json/],
    ['an unknown charset', typed('{}', 'application/json; charset=klingon'), 415, /UTF-8/],
    ['another charset', typed('{}', 'application/json; v=1; charset=utf-16le'), 415, /UTF-8/],
    ['an unknown encoding', encoded('{}', 'zz'), 415, /encoding zz/],
    ['broken JSON', bodyOf('{"a":'), 400, /readable.*JSON/],
    ['bytes that are not in their charset', bodyOf(Buffer.from('{"a":"ä"}', 'latin1')), 400, /readable.*utf-8/],
    ['a body that is not compressed as it says', encoded('{}', 'gzip'), 400, /readable/],
    ['a body that ends too soon', encoded(gzipSync(text).subarray(0, -9), 'gzip'), 400, /readable/],
    ['a large body', json({ a: 'x'.repeat(40) }), 413, /larger than 40 bytes/],
    ['nothing that claims to be packed', encoded('', 'br'), 400, /readable/],
    ['what goes on behind its end', encoded(Buffer.concat([gzipSync(text), Buffer.from('{}')]), 'gzip'), 400, /readable/],
    ['a body that unpacks large', encoded(gzipSync(' '.repeat(999)), 'gzip'), 413, /larger than 40 bytes/],
  ];
  for (const [title, init, status, message] of refused)
    it(`is refused with ${status}: ${title}`, async () => {
      const [given, body] = await send(init);
      assert.equal(given, status);
      assert.match(String(body), message);
    });

  it('is refused when it was read before, since its end would never come', async () => {
    const empty = Object.assign(Readable.from([]), { headers: {} }) as IncomingMessage;
    await readJson(empty, 40);
    await assert.rejects(readJson(empty, 40), { message: 'The body has been read before.' });
  });

  it('is refused when its client had left before anybody read it', async () => {
    const gone = Object.assign(new Readable({ read: () => {} }), { headers: {} }) as IncomingMessage;
    gone.destroy();
    await once(gone, 'close');
    await assert.rejects(readJson(gone, 40), { status: 400, message: 'The body ended early.' });
  });

  it('is refused when its client leaves before the end', async () => {
    const open = Object.assign(new Readable({ read: () => {} }), { headers: {} }) as IncomingMessage;
    const body = readJson(open, 40);
    open.destroy(new Error('aborted'));
    await assert.rejects(body, { status: 400, message: 'The body is not readable: aborted' });
  }).timeout(2000);

  it('is read past when it is refused, so that the connection takes the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = async (size: number): Promise<number | undefined> => {
      const sent = request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json' } });
      sent.write('{"a":"');
      sent.end(`${'x'.repeat(size)}"}`);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    const statuses = [await post(200_000), await post(1)];
    agent.destroy();
    assert.deepEqual(statuses, [413, 200]);
  });
});
