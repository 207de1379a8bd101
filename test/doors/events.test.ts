import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { createHandler } from '../../templates/service/files/src/lambda/handler.ts';
import { contextOf, eventOf, type Kind, kinds } from './doors.ts';
import { echo } from './echo.ts';

function recorded(kind: Kind): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`fixtures/${kind}.json`, import.meta.url), 'utf8'));
}

const target: Readonly<Record<Kind, string>> = {
  rest: '/orders/7%2F8?a=1&a=2&b=x%20y',
  'http-1.0': '/orders/7%208?a=1&a=2&b=x%20y',
  'http-2.0': '/orders/7%208?a=1&a=2&b=x%20y',
  url: '/orders/7%2F8?a=1&a=2&b=x%20y',
  alb: '/orders/7%2F8?a=2&b=x%20y',
  'alb-multi': '/orders/7%2F8?a=1&a=2&b=x%20y',
};

describe('an event as AWS documents it', () => {
  for (const kind of kinds) {
    it(`of the kind ${kind} arrives as the request that it stands for`, async () => {
      const result = await createHandler(echo)(recorded(kind), contextOf(1000));
      const seen = JSON.parse(result.body);
      assert.deepEqual([seen.method, seen.url], ['POST', target[kind]]);
      assert.equal(seen.address, '203.0.113.7 IPv4 true');
      assert.equal(Buffer.from(seen.body, 'base64').toString(), '{"n":1}');
      const { cookie, 'content-type': type, 'content-length': length } = seen.headers;
      assert.deepEqual([cookie, type, length], ['a=1; b=2', 'application/json', '7']);
    });

    it(`of the kind ${kind} has all that the emulated front end writes`, () => {
      const headers = [
        ['Host', 'x'],
        ['Cookie', 'a=1; b=2'],
        ['User-Agent', 'x'],
        ['Content-Type', 'application/json'],
      ] as const;
      const event = eventOf(kind, { method: 'POST', target: '/a?b=1', headers, body: Buffer.from('{}'), chunked: false });
      assert.deepEqual(findMissing(event, recorded(kind)), []);
    });
  }
});

/** Headers, parameters and path parameters are data, not shape. */
const data = /^(headers|multiValueHeaders|queryStringParameters|multiValueQueryStringParameters|pathParameters)$/;

function findMissing(emulated: unknown, real: unknown, path = ''): string[] {
  if (typeof emulated !== 'object' || emulated === null || Array.isArray(emulated)) return [];
  return Object.entries(emulated).flatMap(([key, value]) => {
    if (typeof real !== 'object' || real === null || !(key in real)) return [`${path}${key}`];
    return data.test(key) ? [] : findMissing(value, (real as Record<string, unknown>)[key], `${path}${key}.`);
  });
}
