import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';

import { createListener } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { type Doors, openDoors, type Sent, withDoors } from './lambda/both-doors.ts';

const json = [['Content-Type', 'application/json']] as const;

/** What the service answers must not depend on the door. To cover a route, add its requests. */
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
];

/** What no route may show today, and a middleware may need tomorrow. */
const listeners: Readonly<Record<string, RequestListener>> = {
  'the query as it was sent': (request, response) => response.end(request.url),
  // HTTP APIs join them without the space.
  'repeated headers': ({ headers }, response) => response.end(headers.accept?.replaceAll(' ', '')),
  'the body, and its end': async (request, response) => {
    let ends = 0;
    request.on('end', () => (ends += 1));
    const chunks = await request.toArray();
    setImmediate(() => response.end(`${ends} ${Buffer.concat(chunks).toString()}`));
  },
  'no body before it is read': (request, response) => response.end(String('body' in request)),
  'headers given to writeHead': (_request, response) =>
    response.writeHead(201, ['X-A', '1', 'X-B', '2']).end('x'),
  'an error for a header that comes too late': (_request, response) => {
    response.write('x');
    response.end(assert.throws(() => response.setHeader('x-late', '1'), { code: 'ERR_HTTP_HEADERS_SENT' }));
  },
  'the status that was sent': (_request, response) => {
    response.writeHead(201, { 'X-A': '1' });
    response.statusCode = 500;
    response.end('x');
  },
  'trailers, though none are sent': (_request, response) => {
    response.setHeader('Trailer', 'X-Sum');
    response.write('x');
    response.end('y');
  },
  'bytes that are no text': (_request, response) => response.end(Buffer.from([0, 255, 128, 13, 10])),
  'one socket with its methods': (request, response) => {
    request.socket.setTimeout(0).setNoDelay(true);
    response.end(
      `${request.socket === response.socket} ${request === response.req} ${request.socket.remoteAddress}`,
    );
  },
};

describe('both doors', () => {
  const service = open(createListener(loadConfig({ LOG_LEVEL: 'silent' })));
  for (const sent of requests)
    it(`answer ${sent.line} alike: ${(sent.body ?? '').slice(0, 30).toString() || 'no body'}`, () =>
      compare(service, sent));

  for (const [title, listener] of Object.entries(listeners))
    describe('give', () => {
      const doors = open(listener);
      const headers = [
        ['Accept', 'text/html'],
        ['Accept', 'text/plain'],
      ] as const;
      it(title, () => compare(doors, { line: 'POST /?at=12:30,13', headers, body: 'body' }));
      it(`${title}, to a request without a body`, () => compare(doors, { line: 'GET /', headers }));
    });

  it('tell a listener that its answer is finished before Lambda stops the process', async () => {
    const events: string[] = [];
    const listener: RequestListener = (request, response) => {
      for (const event of ['finish', 'close'])
        response.on(event, () => events.push(`${event} ${response.closed}`));
      request.on('close', () => events.push('request closed'));
      response.setHeader('content-length', 1).write('x');
      response.end();
    };
    await withDoors(listener, async ({ local, lambda }) => {
      for (const send of [local, ...Object.values(lambda)]) {
        events.length = 0;
        await send({ line: 'GET /' });
        await new Promise((resolve) => setTimeout(resolve, 10));
        assert.deepEqual(events.toSorted(), ['close true', 'finish false', 'request closed']);
      }
    });
  });
});

/** Doors that are open while the tests of this suite run. */
function open(listener: RequestListener): () => Doors {
  let doors: Doors;
  before(async () => {
    doors = await openDoors(listener);
  });
  after(() => doors.close());
  return () => doors;
}

async function compare(doors: () => Doors, sent: Sent): Promise<void> {
  // The service names its answers by it.
  const named = { ...sent, headers: [['X-Request-Id', 'test'] as const, ...(sent.headers ?? [])] };
  const expected = await doors().local(named);
  for (const [gateway, send] of Object.entries(doors().lambda))
    assert.deepEqual(normalize(await send(named)), normalize(expected), gateway);
}

/** No gateway sends trailers. */
function normalize({ headers, ...rest }: Awaited<ReturnType<Doors['local']>>): object {
  return { ...rest, headers: headers.filter((line) => !line.startsWith('trailer:')) };
}
