import assert from 'node:assert/strict';
import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { contextOf, eventOf } from './doors.ts';
import type { Listener } from './gateways.ts';
import { ask, read, sent } from './streaming-ask.ts';
import { streaming, type StreamingGateway, streamingGateways, TestStream } from './streaming.ts';

const megabyte = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of buffers that something still refers to. */
function measureBuffers(): number {
  collect();
  return process.memoryUsage().arrayBuffers;
}

describe('an answer that is streamed', () => {
  it('leaves at the pace at which it is written', async () => {
    const { stream, run } = ask(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const id of [1, 2, 3]) {
        await wait(id === 1 ? 0 : 60);
        response.write(`data: ${id}\n\n`);
      }
      response.end();
    });
    const start = performance.now();
    const times: number[] = [];
    stream.take = (piece) => void (piece.includes('data:') && times.push(performance.now() - start));
    await run;
    assert.equal(times.length, 3);
    const [first = 0, second = 0, third = 0] = times;
    assert.ok(second - first >= 50 && third - second >= 50, times.join());
  });

  it('has its head out before there is a body', async () => {
    let see = (): void => {};
    const seen = new Promise<void>((resolve) => (see = resolve));
    const { stream, run } = ask(async (_request, response) => {
      response.setHeader('X-Early', 'yes').flushHeaders();
      // What waits for the end waits for ever.
      await seen;
      response.end('late');
    });
    stream.take = see;
    await run;
    const { head, body } = stream.read();
    assert.deepEqual([head?.multiValueHeaders?.['X-Early'], String(body), stream.pieces.length], [['yes'], 'late', 2]);
  });

  it('is produced no faster than it is taken, and kept nowhere', async () => {
    const size = 20 * megabyte;
    let produced = 0;
    let taken = 0;
    let most = 0;
    const { stream, run } = ask((_request, response) => {
      const source = Readable.from(
        (function* produce() {
          for (; produced < size; produced += 16_384) yield Buffer.alloc(16_384, produced / 16_384);
        })(),
        { objectMode: false },
      );
      pipeline(source, response, () => {});
    });
    const before = measureBuffers();
    const memory: number[] = [];
    stream.pieces.push = () => 0; // as a gateway, which sends it on
    stream.take = async (piece) => {
      taken += piece.length;
      most = Math.max(most, produced - taken);
      if (taken % megabyte < 65_536) memory.push(measureBuffers() - before);
      await wait(1);
    };
    await run;
    if (!stream.writableFinished) await once(stream, 'finish');
    // Now and then a sample has what is freed already, and not yet swept.
    const kept = memory.toSorted((a, b) => a - b)[Math.floor(memory.length / 2)] ?? Infinity;
    console.log(`      at most ${most} bytes ahead of the client, ${kept} bytes of buffers kept`);
    assert.ok(taken >= size && taken < size + 4096);
    assert.ok(most < megabyte / 2 && kept < megabyte / 2);
  }).timeout(30_000);

  const answers: [title: string, listener: Listener, method: string, status: number, body: string][] = [
    ['HEAD', (_request, response) => response.setHeader('Content-Length', 9).end('not sent!'), 'HEAD', 200, ''],
    ['a 204', (_request, response) => response.writeHead(204).end(), 'GET', 204, ''],
    ['a 304', (_request, response) => response.writeHead(304, { etag: '"a"' }).end(), 'GET', 304, ''],
    ['an empty body', (_request, response) => response.end(), 'GET', 200, ''],
    [
      'an interim answer before it',
      (_request, response) => {
        response.writeEarlyHints({ link: '</a.css>; rel=preload' });
        response.end('final');
      },
      'GET',
      200,
      'final',
    ],
    [
      'more bytes than its length',
      ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokay'),
      'GET',
      200,
      'ok',
    ],
    [
      'neither length nor chunks',
      ({ socket }) => socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end'),
      'GET',
      200,
      'until the end',
    ],
  ];
  for (const [title, listener, method, status, text] of answers)
    it(`has a head, and a body where one is due: ${title}`, async () => {
      const { head, body } = await read(ask(listener, { method }));
      assert.deepEqual([head?.statusCode, String(body)], [status, text]);
    });

  it('leaves trailers out, and what is about the connection', async () => {
    const { head, body } = await read(
      ask((_request, response) => {
        response.writeHead(200, { Trailer: 'X-Sum', 'Transfer-Encoding': 'chunked', Connection: 'close' });
        response.write('5\r\nbody\r\n0\r\n\r\n');
        response.addTrailers({ 'X-Sum': '1' });
        response.end();
      }),
    );
    const names = Object.keys(head?.multiValueHeaders ?? {}).map((name) => name.toLowerCase());
    assert.deepEqual(
      names.filter((name) => /trailer|transfer|connection|x-sum/.test(name)),
      [],
    );
    assert.equal(String(body), '5\r\nbody\r\n0\r\n\r\n');
  });

  for (const gateway of streamingGateways)
    it(`keeps each cookie and each repeated value behind ${gateway}`, async () => {
      const stream = new TestStream();
      const handler = streaming[gateway].createHandler((_request, response) => {
        response.setHeader('Vary', ['a', 'b']).setHeader('Set-Cookie', ['c=1', 'd=2']).end();
      });
      await handler(eventOf(gateway, sent), stream, contextOf(1000));
      const { headers, multiValueHeaders, cookies } = stream.read().head ?? {};
      const expected: Readonly<Record<StreamingGateway, unknown>> = {
        rest: [undefined, ['a', 'b'], ['c=1', 'd=2'], undefined],
        url: ['a, b', undefined, undefined, ['c=1', 'd=2']],
      };
      const found = [headers?.['Vary'], multiValueHeaders?.['Vary'], multiValueHeaders?.['set-cookie'], cookies];
      assert.deepEqual(found, expected[gateway]);
    });
});
