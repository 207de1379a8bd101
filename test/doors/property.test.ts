import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import type { Sent } from './client.ts';
import { contextOf, openLocalDoor } from './doors.ts';
import { echo } from './echo.ts';
import { createHandlers } from './gateways.ts';
import { runMatrix } from './matrix.ts';

const character = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[abcXYZ019._~-]$/) },
  { weight: 3, arbitrary: fc.constantFrom('%20', '%25', '%2525', '%2F', '%3F', '%23', '%2B', '%E2%82%AC', '%F0%9F%98%80') },
  { weight: 2, arbitrary: fc.stringMatching(/^[;:@=+$,!*'()]$/) },
);
const word = fc.array(character, { maxLength: 8 }).map((parts) => parts.join(''));
const path = fc.array(word, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
const parameter = fc.tuple(word, word).map(([name, value]) => `${name}=${value.replaceAll(';', '')}`);
const query = fc.array(parameter, { maxLength: 5 }).map((pairs) => pairs.join('&').replaceAll(';', ''));
const headerName = fc.stringMatching(/^x-[a-z][a-z0-9-]{0,10}$/).filter((name) => !/^x-(run|forwarded|echo)/.test(name));
const headerValue = fc.stringMatching(/^[!-~\u00a1-\u00ff]([ -~\u00a1-\u00ff]{0,20}[!-~\u00a1-\u00ff])?$/);
const types = ['application/json', 'text/plain; charset=utf-8', 'application/octet-stream', 'multipart/form-data; boundary=x'];

const request: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  target: fc.tuple(path, query).map(([one, other]) => (other === '' ? one : `${one}?${other}`)),
  headers: fc
    .tuple(
      fc.uniqueArray(fc.tuple(headerName, headerValue), { maxLength: 5, selector: ([name]) => name }),
      fc.constantFrom(...types),
    )
    .map(([pairs, type]) => [['Host', 'api.example.com'], ['Content-Type', type], ...pairs] as Sent['headers']),
  body: fc
    .oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 100 }))
    .map((body) => Buffer.from(body as string)),
  chunked: fc.boolean(),
});

describe('any request', function () {
  this.timeout(60_000);

  it('arrives alike at both doors', async () => {
    const door = await openLocalDoor(echo);
    const handlers = createHandlers(echo);
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(request, { minLength: 8, maxLength: 8 }), async (batch) => {
          const cases = batch.map((sent) => ({ ...sent, name: sent.target, chunked: sent.chunked && sent.body.length > 0 }));
          const { avoidable } = await runMatrix(cases, { handlers, sendLocally: door.send });
          assert.deepEqual(avoidable, []);
        }),
        { numRuns: 40 },
      );
    } finally {
      door.close();
    }
  });
});

describe('any answer', () => {
  it('is sent alike by both doors', async () => {
    const answers = new Map<string, { status: number; headers: [string, string][]; chunks: Uint8Array[] }>();
    const listener: typeof echo = async (message, response) => {
      const answer = answers.get(String(message.url));
      if (answer === undefined) throw new Error('no such answer');
      response.writeHead(answer.status, answer.headers.flat());
      for (const chunk of answer.chunks) response.write(chunk);
      response.end();
    };
    const door = await openLocalDoor(listener);
    const handlers = createHandlers(listener);
    const answer = fc.record({
      status: fc.constantFrom(200, 201, 204, 301, 304, 400, 404, 418, 500, 503),
      headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 5 }),
      chunks: fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 4 }),
    });
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(answer, { minLength: 8, maxLength: 8 }), async (batch) => {
          const cases = batch.map((one, at) => {
            answers.set(`/${at}`, one);
            const target = `/${at}`;
            return {
              name: target,
              method: 'GET',
              target,
              headers: [['Host', 'x'] as const],
              body: Buffer.alloc(0),
              chunked: false,
            };
          });
          assert.deepEqual((await runMatrix(cases, { handlers, sendLocally: door.send })).avoidable, []);
        }),
        { numRuns: 30 },
      );
    } finally {
      door.close();
    }
  }).timeout(60_000);
});

describe('any event', () => {
  it('is answered or refused by each gateway, and never ends the process', async () => {
    const handlers = Object.values(createHandlers(echo));
    const shape = fc.record(
      {
        version: fc.constantFrom('1.0', '2.0', 7, null),
        httpMethod: fc.oneof(fc.constantFrom('GET', 'POST'), fc.jsonValue()),
        path: fc.oneof(fc.string(), fc.jsonValue()),
        rawPath: fc.oneof(fc.string(), fc.jsonValue()),
        rawQueryString: fc.oneof(fc.string(), fc.jsonValue()),
        headers: fc.jsonValue(),
        multiValueHeaders: fc.jsonValue(),
        queryStringParameters: fc.jsonValue(),
        multiValueQueryStringParameters: fc.jsonValue(),
        cookies: fc.jsonValue(),
        body: fc.jsonValue(),
        isBase64Encoded: fc.jsonValue(),
        requestContext: fc.oneof(
          fc.jsonValue(),
          fc.record(
            { http: fc.jsonValue(), elb: fc.jsonValue(), stage: fc.jsonValue(), identity: fc.jsonValue(), path: fc.jsonValue() },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), shape), async (event) => {
        for (const handler of handlers) {
          const result = await handler(event, contextOf(1000)).catch((reason: Error) => reason);
          if (result instanceof Error) assert.match(result.name, /^(TypeError|URIError)$/, result.stack);
          else assert.ok([200, 400].includes(result.statusCode), JSON.stringify(result));
        }
      }),
      { numRuns: 2000 },
    );
  }).timeout(60_000);
});
