import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { pipeline, Readable } from 'node:stream';

import type { Context } from 'aws-lambda';

import { contextOf, eventOf } from './doors.ts';
import { emitted, gateways, type Listener, type Result } from './gateways.ts';

const sent = { method: 'GET', target: '/a?b=1', headers: [['Host', 'x'] as const], body: Buffer.alloc(0), chunked: false };

function* failing(): Generator<string> {
  yield 'part';
  throw new Error('the source failed');
}

interface Asked {
  readonly result: Result;
  readonly lines: readonly Record<string, unknown>[];
}

/** Asks the function of an HTTP API; what it logged comes with the result. */
async function ask(listener: Listener, limitMs = 5000): Promise<Asked> {
  const lines: Record<string, unknown>[] = [];
  const handler = emitted.http.createService(listener, lines);
  const headers = [...sent.headers, ['X-Request-Id', 'id'] as const];
  return { result: await handler(eventOf('http', { ...sent, headers }), contextOf(limitMs)), lines };
}

describe('a request without a whole answer', () => {
  const failures: [title: string, listener: Listener, status: number, message: string][] = [
    ['a destroyed response', (_request, response) => response.destroy(), 502, 'The answer was cut off.'],
    [
      'a stream that fails midway',
      (_request, response) => pipeline(Readable.from(failing()), response, () => {}),
      502,
      'The answer was cut off.',
    ],
    ['a socket that was idle too long', (request) => request.socket.setTimeout(5), 502, 'The answer was cut off.'],
    ['a socket that was ended', (request) => request.socket.end('bye'), 502, 'The answer was cut off.'],
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
    [
      'an answer over 6 MB',
      (_request, response) => response.end('x'.repeat(7_000_000)),
      500,
      'The answer is larger than Lambda can send.',
    ],
    [
      'bytes over 6 MB as base64',
      (_request, response) => response.end(Buffer.alloc(4_800_000, 0xfe)),
      500,
      'The answer is larger than Lambda can send.',
    ],
  ];
  for (const [title, listener, status, message] of failures)
    it(`is answered in the words of the service and logged: ${title}`, async () => {
      const { result, lines } = await ask((request, response) => {
        response.setHeader('ETag', '"1"').setHeader('Cache-Control', 'max-age=60');
        return listener(request, response);
      }, 400);
      assert.equal(result.statusCode, status);
      assert.deepEqual(JSON.parse(result.body), { error: { status, message } });
      const { 'x-request-id': id, etag, 'cache-control': lifetime, 'content-type': type } = result.headers;
      assert.deepEqual([id, etag, lifetime, type], ['id', undefined, 'no-store', 'application/json; charset=utf-8']);
      const [request, ...errors] = lines.toSorted((a, b) => String(b['level']).localeCompare(String(a['level'])));
      assert.equal(request?.['message'], 'request');
      assert.deepEqual(
        errors.map((line) => [line['message'], line['clientRequestId']]),
        [[message, 'id']],
      );
    });

  it('has its own status in the request log when its time was up', async () => {
    const { lines } = await ask(() => {}, 300);
    assert.deepEqual(
      lines.filter(({ message }) => message === 'request').map(({ status }) => status),
      [504],
    );
  });

  it('keeps what was thrown as the cause', async () => {
    const { lines } = await ask(() => {
      throw new Error('at once');
    });
    assert.match(JSON.stringify(lines), /"cause":\{"name":"Error","message":"at once"/);
  });
});

describe('an answer that was sent before its connection was cut', () => {
  const answers: Readonly<Record<string, Listener>> = {
    'request.destroy() after the end': (request, response) => {
      response.writeHead(413, { 'Content-Length': 9 });
      response.end('too large', () => request.destroy());
    },
    'response.destroy() after the end': (_request, response) => {
      response.writeHead(413);
      response.end('too large', () => response.destroy());
    },
    'socket.end() in finish': (request, response) => {
      response.once('finish', () => request.socket.end());
      response.writeHead(413).end('too large');
    },
    'an error on the socket in finish': (request, response) => {
      response.once('finish', () => request.socket.destroy(new Error('gone')));
      response.writeHead(413).end('too large');
    },
    'an answer written to the socket': ({ socket }) => {
      socket.end('HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\n\r\ntoo large');
    },
  };
  for (const [title, listener] of Object.entries(answers))
    it(`is the answer: ${title}`, async () => {
      const { result, lines } = await ask(listener);
      const errors = lines.filter(({ level }) => level === 'ERROR');
      assert.deepEqual([result.statusCode, result.body, errors], [413, 'too large', []]);
    });
});

describe('headers of an answer', () => {
  it('keep the case that the app gave them, where the gateway keeps it', async () => {
    const handler = emitted.rest.createHandler((_request, response) =>
      response.setHeader('ETag', '"1"').setHeader('X-MiXed', '1').end(),
    );
    const { headers } = await handler(eventOf('rest', sent), contextOf(1000));
    assert.deepEqual(Object.keys(headers), ['ETag', 'X-MiXed', 'Content-Length']);
  });

  for (const gateway of gateways)
    it(`keep each cookie and each repeated value behind ${gateway}`, async () => {
      const handler = emitted[gateway].createHandler((_request, response) => {
        response.setHeader('Vary', ['a', 'b']).setHeader('Set-Cookie', ['c=1', 'd=2']).end();
      });
      const { headers, multiValueHeaders, cookies } = await handler(eventOf(gateway, sent), contextOf(1000));
      if (headers !== undefined && gateway !== 'rest')
        return assert.deepEqual([headers['Vary'], cookies], ['a, b', ['c=1', 'd=2']]);
      assert.deepEqual(
        [multiValueHeaders?.['Vary'], multiValueHeaders?.['set-cookie']],
        [
          ['a', 'b'],
          ['c=1', 'd=2'],
        ],
      );
    });
});

describe('an event', () => {
  it('needs no deadline and no context but its own', async () => {
    const handler = emitted.http.createHandler((_request, response) => response.end('ok'));
    assert.equal((await handler(eventOf('http', sent), {} as Context)).body, 'ok');
  });

  it('is given to the listener with the context', async () => {
    const handler = emitted.http.createHandler(({ lambda }, response) => response.end(lambda?.context.awsRequestId));
    assert.equal((await handler(eventOf('http', sent), contextOf(1000))).body, contextOf(0).awsRequestId);
  });

  const breaking = [
    ['a header name', { headers: { 'x\r\nevil': '1' } }],
    ['a header value', { headers: { x: '1\r\nevil: 2' } }],
    ['a second request', { headers: { x: '1\r\n\r\nGET /evil HTTP/1.1\r\n' } }],
    ['a method', { requestContext: { http: { method: 'GET /evil HTTP/1.1\r\nx:', sourceIp: '' } } }],
    ['a query', { rawQueryString: 'a HTTP/1.1\r\nevil: 1' }],
    ['what latin1 makes a line end of', { rawQueryString: 'a HTTP/1.1\u010d\u010aevil: 1' }],
  ] as const;
  for (const [title, fields] of breaking)
    it(`that would break the framing by ${title} is a 400, unseen by the listener`, async () => {
      let calls = 0;
      const handler = emitted.http.createHandler((_request, response) => response.end(String((calls += 1))));
      const { statusCode } = await handler({ ...eventOf('http', sent), ...fields }, contextOf(1000));
      assert.deepEqual([statusCode, calls], [400, 0]);
    });

  it('of a function URL may carry its cookies twice', async () => {
    const handler = emitted.url.createHandler(({ headers }, response) => response.end(headers.cookie));
    const event = { ...eventOf('url', sent), cookies: ['a=1', 'b=2'], headers: { host: 'x', cookie: 'a=1; b=2' } };
    assert.equal((await handler(event, contextOf(1000))).body, 'a=1; b=2');
  });

  it('of a REST API with a stage of the same name as the path keeps the path', async () => {
    const handler = emitted.rest.createHandler(({ url }, response) => response.end(url));
    const event = { ...eventOf('rest', { ...sent, target: '/v1/users' }) } as { requestContext: object };
    const named = { ...event, requestContext: { ...event.requestContext, stage: 'v1', path: '/v1/users' } };
    assert.equal((await handler(named, contextOf(1000))).body, '/v1/users');
  });
});

describe('a listener', () => {
  it('may take its time after the invocation that another one is answered in', async () => {
    const handler = emitted.http.createHandler((request, response) =>
      setTimeout(() => response.end(request.url), request.url === '/slow' ? 60 : 1),
    );
    const slow = handler(eventOf('http', { ...sent, target: '/slow' }), contextOf(1000));
    assert.equal((await handler(eventOf('http', { ...sent, target: '/fast' }), contextOf(1000))).body, '/fast');
    assert.equal((await slow).body, '/slow');
  });

  it('can call out while it answers', async () => {
    const { createServer } = await import('node:http');
    const upstream = createServer((_request, response) => response.end('from upstream'));
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    const { port } = upstream.address() as { port: number };
    const { result } = await ask((_request, response) => {
      send({ port, host: '127.0.0.1' }, (message) => message.pipe(response)).end();
    });
    upstream.close();
    assert.equal(result.body, 'from upstream');
  });
});
