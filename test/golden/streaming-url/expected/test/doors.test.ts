import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { RequestListener } from 'node:http';
import { pipeline, Readable } from 'node:stream';

import { createListener } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { createHandler } from '../src/lambda/handler.ts';
import { createPipeline } from '../src/pipeline.ts';
import { loadHandler, sendLocally, sendToLambda, type Sent, type Watch } from './doors.ts';
import { captureLog } from './logs.ts';

const json = [['Content-Type', 'application/json']] as const;

/** What the service answers must not depend on the entry point. To cover a route, add its requests. */
const requests: readonly Sent[] = [
  { line: 'GET /healthz' },
  { line: 'HEAD /healthz' },
  { line: 'OPTIONS /healthz' },
  { line: 'DELETE /healthz' },
  { line: 'GET /nowhere' },
  { line: 'GET /hello/Ada?lang=fr' },
  { line: 'GET /hello/Ada?lang=fr&lang=de' },
  { line: 'GET /hello/J%C3%BCrgen%20%2525' },
  { line: 'POST /hello/Ada', headers: json, body: '{"greeting":"Grüß Gott"}' },
  { line: 'POST /hello/Ada', headers: json, body: '{"greeting":' },
  { line: 'POST /hello/Ada', headers: json, body: `{"greeting":"${'x'.repeat(1_100_000)}"}` },
  { line: 'POST /hello/Ada', headers: [['Content-Type', 'text/csv']], body: 'a,b' },
  { line: 'GET /events?count=3&everyMs=5' },
  { line: 'HEAD /events?count=3&everyMs=5' },
];

/** What no route may do today, and one may tomorrow. */
const listeners: Readonly<Record<string, RequestListener>> = {
  'the query as it was sent': (request, response) => response.end(request.url),
  'each cookie': (request, response) => response.setHeader('Set-Cookie', ['a=1', 'b=2']).end(request.headers.cookie),
  'the whole body': async (request, response) => response.end(Buffer.concat(await request.toArray())),
  'bytes that are no text': (_request, response) => response.end(Buffer.from([0, 255, 128, 13, 10])),
  'an answer in pieces': (_request, response) => {
    response.writeHead(201, ['X-A', '1', 'X-B', '2']).write('first ');
    setTimeout(() => response.end('last'), 5);
  },
  'what was sent before the connection was cut': (request, response) => {
    response.writeHead(413, { 'Content-Length': '9', Connection: 'close' });
    response.end('too large', () => request.destroy());
  },
};

describe('both entry points', () => {
  let handler: Awaited<ReturnType<typeof loadHandler>>;
  const listener = createListener(loadConfig({ ...process.env, LOG_LEVEL: 'silent' }));
  before(async () => {
    process.env['LOG_LEVEL'] = 'silent';
    handler = await loadHandler();
  });

  for (const sent of requests)
    it(`answer ${sent.line} alike: ${sent.body?.slice(0, 30) ?? 'no body'}`, async () => {
      // The service names its answers by it.
      const named = { ...sent, headers: [['X-Request-Id', 'test'] as const, ...(sent.headers ?? [])] };
      assert.deepEqual(await sendToLambda(handler, named), await sendLocally(listener, named));
    });

  for (const [title, answer] of Object.entries(listeners))
    it(`pass on ${title}`, async () => {
      const sent = {
        line: 'POST /?at=12:30,13&x=1',
        headers: [['Cookie', 'c=3; d=4']],
        body: 'body',
      } as const;
      const onLambda = await sendToLambda(createHandler(answer, { error: () => {} }), sent);
      assert.deepEqual(onLambda, await sendLocally(answer, sent));
    });

  const doors = {
    'the server': sendLocally,
    'the function': (answer: RequestListener, sent: Sent, watch?: Watch) =>
      sendToLambda(createHandler(answer, { error: () => {} }), sent, watch),
  };
  for (const [door, ask] of Object.entries(doors)) {
    it(`send on what is written at once: ${door}`, async () => {
      const client = new EventEmitter();
      const slow: RequestListener = async (_request, response) => {
        response.write('first ');
        // A door that waits for the end waits for ever.
        await once(client, 'seen');
        response.end('last');
      };
      const { body } = await ask(slow, { line: 'GET /' }, () => client.emit('seen'));
      assert.equal(body, 'first last');
    });

    it(`send more than 6 MB: ${door}`, async () => {
      const piece = Buffer.alloc(1024 * 1024, 'x');
      const large: RequestListener = (_request, response) =>
        pipeline(Readable.from(Array.from({ length: 20 }, () => piece)), response, () => {});
      const { body } = await ask(large, { line: 'GET /' });
      assert.equal(body.length, 20 * piece.length);
    });

    it(`break off an answer that failed when its head was out: ${door}`, async () => {
      const pieces: string[] = [];
      await assert.rejects(ask(breakOff, { line: 'GET /' }, (piece) => pieces.push(String(piece))));
      assert.deepEqual(pieces, ['first']);
    });
  }

  it('log what failed', async () => {
    const { log, lines } = captureLog();
    const listenerOfService = createPipeline(breakOff, loadConfig({}), log);
    await assert.rejects(sendToLambda(createHandler(listenerOfService, log), { line: 'GET /' }));
    assert.deepEqual(
      lines.map(({ message, status }) => status ?? message),
      [500, 'The answer was cut off.'],
    );
  });

  it('answer 502 where the connection was cut before the head, in the words of the service', async () => {
    const { log } = captureLog();
    const listenerOfService = createPipeline((_request, response) => response.destroy(), loadConfig({}), log);
    const answer = await sendToLambda(createHandler(listenerOfService, log), { line: 'GET /' });
    assert.equal(answer.status, 502);
    assert.deepEqual(JSON.parse(answer.body), { error: { status: 502, message: 'The answer was cut off.' } });
    assert.ok(answer.headers.includes('x-content-type-options: nosniff'));
  });
});

const breakOff: RequestListener = (_request, response) => {
  response.write('first', () => response.destroy(new Error('the database is gone')));
};
