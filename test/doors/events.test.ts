import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { contextOf, eventOf } from './doors.ts';
import { echo } from './echo.ts';
import { emitted, type Gateway, gateways } from './gateways.ts';

function recorded(gateway: Gateway): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`fixtures/${gateway}.json`, import.meta.url), 'utf8'));
}

const target: Readonly<Record<Gateway, string>> = {
  http: '/orders/7%208?a=1&a=2&b=x%20y',
  rest: '/orders/7%2F8?a=1&a=2&b=x%20y',
  url: '/orders/7%2F8?a=1&a=2&b=x%20y',
  alb: '/orders/7%2F8?a=1&a=2&b=x%20y',
};

describe('an event as AWS documents it', () => {
  for (const gateway of gateways) {
    it(`of the gateway ${gateway} arrives as the request that it stands for`, async () => {
      const result = await emitted[gateway].createHandler(echo)(recorded(gateway), contextOf(1000));
      const seen = JSON.parse(result.body);
      assert.deepEqual([seen.method, seen.url], ['POST', target[gateway]]);
      assert.equal(seen.address, '203.0.113.7 IPv4 true');
      assert.equal(Buffer.from(seen.body, 'base64').toString(), '{"n":1}');
      const { cookie, 'content-type': type, 'content-length': length } = seen.headers;
      assert.deepEqual([cookie, type, length], ['a=1; b=2', 'application/json', '7']);
    });

    it(`of the gateway ${gateway} has all that its emulation writes`, () => {
      const headers = [
        ['Host', 'x'],
        ['Cookie', 'a=1; b=2'],
        ['User-Agent', 'x'],
        ['Content-Type', 'application/json'],
      ] as const;
      const event = eventOf(gateway, { method: 'POST', target: '/a?b=1', headers, body: Buffer.from('{}'), chunked: false });
      assert.deepEqual(findMissing(event, recorded(gateway)), []);
    });
  }
});

describe('an event of something else', () => {
  const others: Readonly<Record<string, unknown>> = {
    'a queue': { Records: [{ eventSource: 'aws:sqs', body: '{}' }] },
    'a load balancer without multi-value headers': { requestContext: { elb: {} }, httpMethod: 'GET', path: '/', headers: {} },
    'an HTTP API with payload 1.0': { version: '1.0', httpMethod: 'GET', path: '/', requestContext: { identity: {} } },
    nothing: null,
    'a warm-up': 'ping',
  };
  const wanted = {
    http: /an HTTP API with payload 2\.0/,
    rest: /a REST API/,
    url: /a function URL/,
    alb: /a load balancer with multi-value headers/,
  };
  for (const gateway of gateways) {
    const all = {
      ...others,
      ...Object.fromEntries(gateways.filter((other) => other !== gateway).map((other) => [other, recorded(other)])),
    };
    for (const [source, event] of Object.entries(all))
      it(`such as ${source} is refused by ${gateway}, with the words for the one it wants`, async () => {
        const handler = emitted[gateway].createHandler(echo);
        await assert.rejects(handler(event, contextOf(1000)), { name: 'TypeError', message: wanted[gateway] });
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
