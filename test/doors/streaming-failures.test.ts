import assert from 'node:assert/strict';
import { pipeline, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { contextOf, eventOf } from './doors.ts';
import type { Listener } from './gateways.ts';
import { ask, logged, read, requested, sent } from './streaming-ask.ts';
import { streaming, streamingGateways, TestStream } from './streaming.ts';

describe('a client that leaves', () => {
  const moments: [title: string, listener: Listener][] = [
    ['before the head', () => {}],
    ['while nothing is written', (_request, response) => void response.write('first')],
    [
      'while it takes nothing',
      (_request, response) =>
        void pipeline(
          new Readable({
            read() {
              this.push(Buffer.alloc(9999));
            },
          }),
          response,
          () => {},
        ),
    ],
  ];
  for (const [title, listener] of moments)
    it(`aborts the request at once, which the log has as 499: ${title}`, async () => {
      let closed = false;
      const { stream, lines, run } = ask((request, response) => {
        response.on('close', () => (closed = !response.writableFinished));
        return listener(request, response);
      });
      stream.take = () => new Promise(() => {});
      await wait(20);
      stream.destroy();
      await run;
      assert.deepEqual([closed, requested(lines), logged(lines)], [true, [499], []]);
    });
});

describe('an answer that fails', () => {
  const early: [title: string, listener: Listener, status: number, message: string][] = [
    ['a destroyed response', (_request, response) => response.destroy(), 502, 'The answer was cut off.'],
    [
      'a listener that throws',
      () => {
        throw new Error('at once');
      },
      502,
      'The answer was cut off.',
    ],
    ['a listener that rejects', async () => Promise.reject(new Error('later')), 502, 'The answer was cut off.'],
    ['no answer in time', () => {}, 504, 'Gateway Timeout'],
  ];
  for (const [title, listener, status, message] of early)
    it(`before its head is answered in the words of the service and logged: ${title}`, async () => {
      const asked = ask(
        (request, response) => {
          response.setHeader('ETag', '"1"');
          return listener(request, response);
        },
        { limitMs: 400 },
      );
      const { head, body } = await read(asked);
      assert.equal(head?.statusCode, status);
      assert.deepEqual(JSON.parse(String(body)), { error: { status, message } });
      const { 'x-request-id': id, etag, 'cache-control': lifetime } = head?.multiValueHeaders ?? {};
      assert.deepEqual([id, etag, lifetime, logged(asked.lines)], [['id'], undefined, ['no-store'], [message]]);
    });

  const late: [title: string, listener: Listener, status: number, message: string][] = [
    [
      'a destroyed response',
      (_request, response) => void response.write('part', () => response.destroy(new Error('torn'))),
      502,
      'The answer was cut off.',
    ],
    [
      'a stream that fails',
      (_request, response) => pipeline(Readable.from(failing()), response, () => {}),
      502,
      'The answer was cut off.',
    ],
    [
      'fewer bytes than its length',
      ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart'),
      502,
      'The answer was cut off.',
    ],
    ['no end in time', (_request, response) => void response.write('part'), 504, 'Gateway Timeout'],
  ];
  for (const [title, listener, status, message] of late)
    it(`behind its head fails the invocation, with what was written before: ${title}`, async () => {
      const { stream, lines, run } = ask(listener, { limitMs: 400 });
      await assert.rejects(run, { status, message });
      const { head, body } = stream.read();
      assert.deepEqual([head?.statusCode, String(body), logged(lines)], [200, 'part', [message]]);
      assert.equal(stream.writableEnded, false); // the runtime ends it, with a trailer
    });
});

function* failing(): Generator<string> {
  yield 'part';
  throw new Error('the source failed');
}

describe('an event', () => {
  it('that would break the framing is a 400, unseen by the listener', async () => {
    const stream = new TestStream();
    let calls = 0;
    const handler = streaming.url.createHandler(() => (calls += 1));
    await handler({ ...eventOf('url', sent), rawQueryString: 'a HTTP/1.1\r\nevil: 1' }, stream, contextOf(1000));
    assert.deepEqual([stream.read().head?.statusCode, calls], [400, 0]);
  });

  for (const gateway of streamingGateways)
    it(`of something else is refused by ${gateway}, with nothing written`, async () => {
      const stream = new TestStream();
      const handler = streaming[gateway].createHandler(() => {});
      await assert.rejects(handler({ Records: [] }, stream, contextOf(1000)), { name: 'TypeError' });
      assert.deepEqual(stream.pieces, []);
    });
});
