import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { pipeline, Readable } from 'node:stream';

import { createHandler } from '../../src/lambda/handler.ts';
import { contextOf, elb, eventOf, oldEventOf } from './events.ts';

type Result = Awaited<ReturnType<ReturnType<typeof createHandler>>>;

const answerUrl: RequestListener = (request, response) => response.end(request.url);
const answerPeer: RequestListener = ({ socket }, response) =>
  response.end(`${socket.remoteAddress} ${String('encrypted' in socket && socket.encrypted)}`);

const answerLists: RequestListener = (_request, response) => {
  response
    .setHeader('vary', ['a', 'b'])
    .setHeader('set-cookie', ['c=1', 'd=2'])
    .setHeader('x-one', '1')
    .end();
};

describe('createHandler', () => {
  const forged = { 'X-Forwarded-For': '6.6.6.6, 203.0.113.9:4711', 'X-Forwarded-Proto': 'http' };
  const peers: [title: string, event: object, peer: string][] = [
    ['takes the address from API Gateway', eventOf('/', {}, { headers: forged }), '203.0.113.7 true'],
    [
      'takes the last address from a load balancer',
      oldEventOf('/', { elb }, { headers: forged }),
      '203.0.113.9 false',
    ],
    ['does without an address', eventOf('/', { http: { method: 'GET' } }), ' true'],
  ];
  for (const [title, event, peer] of peers)
    it(title, async () => {
      const { body } = await createHandler(answerPeer)(event, contextOf());
      assert.equal(body, peer);
    });

  const multiValueHeaders = { vary: ['a', 'b'], 'set-cookie': ['c=1', 'd=2'], 'x-one': ['1'] };
  const results: [title: string, event: object, result: Partial<Result>][] = [
    ['payload 2.0', eventOf('/'), { headers: { vary: 'a, b', 'x-one': '1' }, cookies: ['c=1', 'd=2'] }],
    ['payload 1.0', oldEventOf('/', {}, { version: '1.0' }), { multiValueHeaders }],
    [
      'a load balancer',
      oldEventOf('/', { elb }),
      { headers: { vary: 'a, b', 'x-one': '1', 'set-cookie': 'd=2' } },
    ],
    [
      'a load balancer with lists',
      oldEventOf('/', { elb }, { multiValueHeaders: {} }),
      { multiValueHeaders },
    ],
  ];
  for (const [title, event, result] of results)
    it(`formats headers for ${title}`, async () => {
      const { statusCode, ...rest } = await createHandler(answerLists)(event, contextOf());
      assert.equal(statusCode, 200);
      assert.deepEqual({ ...rest }, { ...result, body: '', isBase64Encoded: false });
    });

  it('gives the listener the event and the context', async () => {
    const handler = createHandler(({ lambda }, response) => response.end(lambda?.context.awsRequestId));
    assert.equal((await handler(eventOf('/'), contextOf())).body, 'test');
  });

  const failing: [title: string, listener: RequestListener, status: number][] = [
    ['a destroyed answer', (_request, response) => response.destroy(), 502],
    [
      'a stream that fails midway',
      (_request, response) => pipeline(Readable.from(fail()), response, () => {}),
      502,
    ],
    ['a socket that was idle too long', (request) => request.socket.setTimeout(5), 502],
    ['a closed socket', (request) => request.socket.end('bye'), 502],
    ['no answer in time', () => {}, 504],
    ['an answer over 6 MB', (_request, response) => response.end('x'.repeat(7_000_000)), 500],
  ];
  for (const [title, listener, status] of failing)
    it(`logs ${title} and answers ${status}`, async () => {
      const [result, logged] = await logErrors(() => createHandler(listener)(eventOf('/'), contextOf(300)));
      assert.equal(result.statusCode, status);
      assert.equal(logged.length, 1);
    });

  it('sends as base64 what would be too large as text', async () => {
    const handler = createHandler((_request, response) => response.end('\0'.repeat(2_000_000)));
    const { statusCode, isBase64Encoded } = await handler(eventOf('/'), contextOf());
    assert.deepEqual([statusCode, isBase64Encoded], [200, true]);
  });

  it('rejects when the listener throws, now or later', async () => {
    const context = contextOf();
    const now = createHandler(() => {
      throw new Error('now');
    });
    const later = createHandler(async () => Promise.reject(new Error('later')));
    await assert.rejects(now(eventOf('/'), context), { message: 'now' });
    await assert.rejects(later(eventOf('/'), context), { message: 'later' });
  });

  it('answers 400 to an event that no front end writes', async () => {
    for (const event of [
      oldEventOf('/', {}, { body: 7 }),
      eventOf('/', { http: { method: 7 } }),
      eventOf('/\ud800'),
    ]) {
      const [result] = await logErrors(() => createHandler(answerUrl)(event, contextOf()));
      assert.deepEqual([result.statusCode, result.body], [400, '{"message":"Bad Request"}']);
    }
  });

  it('rejects what is no HTTP event', async () => {
    for (const event of [null, 7, {}, { Records: [] }, { requestContext: {} }])
      await assert.rejects(createHandler(answerUrl)(event, contextOf()), { name: 'UnknownEventError' });
  });
});

function* fail(): Generator<string> {
  yield 'part';
  throw new Error('the source failed');
}

/** Keeps what is logged out of the report. */
async function logErrors(act: () => Promise<Result>): Promise<[Result, unknown[]]> {
  const { error } = console;
  const logged: unknown[] = [];
  console.error = (...parts: unknown[]) => logged.push(parts);
  try {
    return [await act(), logged];
  } finally {
    console.error = error;
  }
}
