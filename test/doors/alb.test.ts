import assert from 'node:assert/strict';

import { contextOf, eventOf } from './doors.ts';
import { echo } from './echo.ts';
import { emitted, type Listener } from './gateways.ts';

const { createHandler, createService } = emitted.alb;
const sent = { method: 'GET', target: '/a', headers: [['Host', 'x'] as const], body: Buffer.alloc(0), chunked: false };

/** Asks behind a load balancer, which adds these headers in place of those that its emulation does. */
async function ask(listener: Listener, headers: Readonly<Record<string, readonly string[]>> = {}) {
  const event = eventOf('alb', sent) as { multiValueHeaders: object };
  return createHandler(listener)({ ...event, multiValueHeaders: { ...event.multiValueHeaders, ...headers } }, contextOf(1000));
}

describe('a load balancer', () => {
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#enable-health-checks-lambda
  const healthCheck = {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/demo-dev/1' } },
    httpMethod: 'GET',
    path: '/healthz',
    multiValueQueryStringParameters: {},
    multiValueHeaders: { 'user-agent': ['ELB-HealthChecker/2.0'] },
    body: '',
    isBase64Encoded: false,
  };

  it('checks the health of the service without an address, a host or a protocol', async () => {
    const lines: Record<string, unknown>[] = [];
    const handler = createService((_request, response) => response.end('well'), lines);
    const { statusCode, body } = await handler(healthCheck, contextOf(1000));
    assert.deepEqual([statusCode, body], [200, 'well']);
    assert.deepEqual(
      lines.map(({ level, message, path }) => [level, message, path]),
      [['INFO', 'request', '/healthz']],
    );
  });

  const addresses: readonly [forwardedFor: string, address: string][] = [
    ['203.0.113.7', '203.0.113.7 IPv4'],
    ['198.51.100.9, 203.0.113.7', '203.0.113.7 IPv4'],
    ['203.0.113.7:49152', '203.0.113.7 IPv4'],
    ['2001:db8::7', '2001:db8::7 IPv6'],
    ['[2001:db8::7]:49152', '2001:db8::7 IPv6'],
  ];
  for (const [forwardedFor, address] of addresses)
    it(`says by ${forwardedFor} that the caller is at ${address}`, async () => {
      const { body } = await ask(echo, { 'x-forwarded-for': [forwardedFor] });
      assert.equal(JSON.parse(body).address, `${address} true`);
    });

  it('tells who came without TLS', async () => {
    const { body } = await ask(echo, { 'x-forwarded-proto': ['http'] });
    assert.equal(JSON.parse(body).address, '127.0.0.1 IPv4 false');
  });

  it('takes headers in lists, a reason, and the type of the body', async () => {
    const result = await ask((_request, response) => {
      response.writeHead(201, { 'Set-Cookie': ['a=1', 'b=2'], 'X-One': 'one' });
      response.end(Buffer.of(0xfe));
    });
    assert.deepEqual(result, {
      statusCode: 201,
      statusDescription: '201 Created',
      multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'], 'X-One': ['one'] },
      body: '/g==',
      isBase64Encoded: true,
    });
  });

  const broken: readonly [title: string, listener: Listener, status: number, message: string][] = [
    ['a destroyed response', (_request, response) => response.destroy(), 502, 'The answer was cut off.'],
    ['a listener that rejects', async () => Promise.reject(new Error('later')), 502, 'The answer was cut off.'],
    ['no answer in time', () => {}, 504, 'Gateway Timeout'],
  ];
  for (const [title, listener, status, message] of broken)
    it(`gets, and the log, the words of the service for ${title}`, async () => {
      const lines: Record<string, unknown>[] = [];
      const { statusCode, body } = await createService(listener, lines)(eventOf('alb', sent), contextOf(400));
      assert.deepEqual([statusCode, JSON.parse(body)], [status, { error: { status, message } }]);
      assert.ok(lines.some((line) => line['level'] === 'ERROR' && line['message'] === message));
    });

  const breaking = [
    ['a header name', { multiValueHeaders: { 'x\r\nevil': ['1'] } }],
    ['a header value', { multiValueHeaders: { x: ['1\r\n\r\nGET /evil HTTP/1.1\r\n'] } }],
    ['a method', { httpMethod: 'GET /evil HTTP/1.1\r\nx:' }],
  ] as const;
  for (const [title, fields] of breaking)
    it(`cannot break the framing of a request by ${title}`, async () => {
      const handler = createHandler((_request, response) => response.end('seen'));
      const { statusCode } = await handler({ ...eventOf('alb', sent), ...fields }, contextOf(1000));
      assert.equal(statusCode, 400);
    });

  it('cannot break it by a path or a query, which are encoded', async () => {
    const event = { ...eventOf('alb', sent), path: '/a b\r\n', multiValueQueryStringParameters: { 'c\r\n#': ['d e'] } };
    const { body } = await createHandler((request, response) => response.end(request.url))(event, contextOf(1000));
    assert.equal(body, '/a%20b%0D%0A?c%0D%0A%23=d%20e');
  });

  const answers: readonly [title: string, body: string | Buffer, status: number][] = [
    ['text of almost 1 MB', 'x'.repeat(1_048_000), 200],
    ['text of more', 'x'.repeat(1_049_000), 500],
    ['bytes of 768 kB', Buffer.alloc(786_000, 0xfe), 200],
    ['bytes of more', Buffer.alloc(787_000, 0xfe), 500],
    ['text that would be larger as JSON', '\u0001'.repeat(700_000), 200],
  ];
  for (const [title, body, status] of answers)
    it(`gets ${title} with status ${status}`, async () => {
      const result = await ask((_request, response) => response.end(body));
      assert.equal(result.statusCode, status);
      if (status === 500)
        assert.equal(JSON.parse(result.body).error.message, 'The answer is larger than the load balancer can send.');
      else assert.ok(Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8').equals(Buffer.from(body)));
    });
});
