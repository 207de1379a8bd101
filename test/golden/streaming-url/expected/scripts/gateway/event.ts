import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';

import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import type { ClientRequest, Reply } from '../gateway.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const limits = { timeoutMs: 900_000, bodyBytes: 6 * 1024 * 1024, headerBytes: 10_240 };

const domainName = 'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6.lambda-url.eu-west-1.on.aws';

/**
 * Makes of a request what a function URL gives to the function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function createEvent(request: ClientRequest): object {
  const { method, target, address, body } = request;
  const [path = '', ...rest] = target.split('?');
  const query = rest.join('?');
  const { cookie, ...headers } = joinHeaders(request);
  const isText = isUtf8(body) && /^(text\/|application\/(json|javascript|xml)\b)/i.test(headers['content-type'] ?? '');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: joinValues(new URLSearchParams(`?${query}`)) }),
    requestContext: {
      domainName,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: address, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      timeEpoch: Date.now(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** By lower-case name, without those that end at the gateway, and with those that it adds. */
function joinHeaders({ headers, body, address }: ClientRequest): Record<string, string> {
  const isOwn = /^(connection|expect|keep-alive|te|transfer-encoding|upgrade|x-forwarded-(port|proto))$/;
  const isChunked = headers.some(([name]) => name.toLowerCase() === 'transfer-encoding');
  const lowered = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  return joinValues([
    ...(lowered.some(([name]) => name === 'host') ? [] : [['host', domainName] as const]),
    ...lowered.filter(([name]) => !isOwn.test(name)),
    ...(isChunked ? [['content-length', String(body.length)] as const] : []),
    ['x-forwarded-for', address],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
  ]);
}

function joinValues(pairs: Iterable<readonly [name: string, value: string]>): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = joined.get(name);
    const separator = name === 'cookie' ? '; ' : ',';
    joined.set(name, before === undefined ? value : `${before}${separator}${value}`);
  }
  return Object.fromEntries(joined);
}

/** Makes of the function's result what the client gets. */
export function formatReply(result: unknown): Reply {
  const { statusCode, headers, cookies, body, isBase64Encoded } = (result ?? {}) as APIGatewayProxyStructuredResultV2;
  if (statusCode === undefined) return formatReply({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
  const single = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)] as const);
  return {
    status: statusCode,
    headers: [...single, ...(cookies ?? []).map((cookie) => ['set-cookie', cookie] as const)],
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}
