import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { contextOf, eventOf, openLocalDoor } from './doors.ts';
import type { Listener } from './gateways.ts';
import { runMatrix } from './matrix.ts';
import { createStreamingHandlers, streaming, TestStream } from './streaming.ts';

const headerName = fc.stringMatching(/^x-[a-z][a-z0-9-]{0,10}$/).filter((name) => !/^x-(run|forwarded|echo)/.test(name));
const headerValue = fc.stringMatching(/^[!-~\u00a1-\u00ff]([ -~\u00a1-\u00ff]{0,20}[!-~\u00a1-\u00ff])?$/);
const answer = fc.record({
  status: fc.constantFrom(200, 201, 204, 301, 304, 400, 404, 418, 500, 503),
  headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 5 }),
  chunks: fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 4 }),
  hasLength: fc.boolean(),
  isCorked: fc.boolean(),
});
type Answer = typeof answer extends fc.Arbitrary<infer A> ? A : never;

function sendAnswer({ status, headers, chunks, hasLength, isCorked }: Answer, response: Parameters<Listener>[1]): void {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const framing = hasLength ? ['Content-Length', String(length)] : [];
  response.writeHead(status, [...headers.flat(), ...framing]);
  if (isCorked) response.cork();
  for (const chunk of chunks) response.write(chunk);
  if (isCorked) response.uncork();
  response.end();
}

describe('any answer that is streamed', function () {
  this.timeout(60_000);

  it('is sent alike by both doors', async () => {
    const answers = new Map<string, Answer>();
    const listener: Listener = (message, response) => sendAnswer(answers.get(String(message.url)) as Answer, response);
    const door = await openLocalDoor(listener);
    const handlers = createStreamingHandlers(listener);
    const ask = { method: 'GET', headers: [['Host', 'x'] as const], body: Buffer.alloc(0), chunked: false };
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(answer, { minLength: 8, maxLength: 8 }), async (batch) => {
          const cases = batch.map((one, at) => {
            answers.set(`/${at}`, one);
            return { ...ask, name: `/${at}`, target: `/${at}` };
          });
          assert.deepEqual((await runMatrix(cases, { handlers, sendLocally: door.send })).avoidable, []);
        }),
        { numRuns: 30 },
      );
    } finally {
      door.close();
    }
  });

  it('is read as if it were whole, wherever its bytes are cut', async () => {
    const framed = fc.record({
      chunks: fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 5 }),
      framing: fc.constantFrom('chunked', 'length', 'none'),
      interim: fc.boolean(),
      missing: fc.nat({ max: 12 }),
      cuts: fc.array(fc.nat({ max: 300 }), { maxLength: 12 }),
    });
    const { createReader, parseAnswer } = streaming.rest;
    fc.assert(
      fc.property(framed, ({ missing, cuts, ...frame }) => {
        const whole = formatAnswer(frame);
        const bytes = whole.subarray(0, whole.length - missing);
        const expected = parseAnswer(bytes, 'GET');
        const reader = createReader('GET');
        const ends = [...cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
        const body = Buffer.concat(ends.map((end, at) => reader.read(bytes.subarray(ends[at - 1] ?? 0, end))));
        assert.equal(reader.isWhole(), expected !== undefined);
        if (expected !== undefined) assert.deepEqual(body, expected.body);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps nothing of 300 invocations at once, and mixes none', async () => {
    const handler = streaming.url.createHandler(async (request, response) => {
      response.write(`${request.url} `);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      response.end(request.url);
    });
    const runs = Array.from({ length: 300 }, async (_, at) => {
      const stream = new TestStream();
      const sent = { method: 'GET', target: `/${at}`, headers: [], body: Buffer.alloc(0), chunked: false };
      await handler(eventOf('url', sent), stream, contextOf(5000));
      assert.equal(String(stream.read().body), `/${at} /${at}`);
    });
    await Promise.all(runs);
  });
});

interface Frame {
  readonly chunks: readonly Uint8Array[];
  readonly framing: string;
  readonly interim: boolean;
}

function formatAnswer({ chunks, framing, interim }: Frame): Buffer {
  const before = interim ? 'HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n' : '';
  const body = Buffer.concat(chunks);
  const lines = { chunked: 'Transfer-Encoding: chunked\r\n', length: `content-length: ${body.length}\r\n`, none: '' }[framing];
  const head = Buffer.from(`${before}HTTP/1.1 200 OK\r\n${lines}X-A: 1\r\n\r\n`);
  if (framing !== 'chunked') return Buffer.concat([head, body]);
  const parts = chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
  return Buffer.concat([head, ...parts, Buffer.from('0\r\nX-Sum: 1\r\n\r\n')]);
}
