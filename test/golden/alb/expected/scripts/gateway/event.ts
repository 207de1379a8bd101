import { isUtf8 } from 'node:buffer';

import type { ALBResult } from 'aws-lambda';

import type { ClientRequest, Reply } from '../gateway.ts';

/**
 * It closes a connection on which nothing was sent for as long as its owner says, a minute by default.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const limits = { timeoutMs: 60_000, bodyBytes: 1024 * 1024, headerBytes: 64 * 1024 };

const host = 'shared-123456789.eu-west-1.elb.amazonaws.com';
const targetGroupArn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/dev/0123456789abcdef';

type Pair = readonly [name: string, value: string];
type Lists = Readonly<Record<string, string[]>>;

/**
 * Makes of a request what a load balancer gives to the function of a target group with multi-value headers.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function createEvent(request: ClientRequest): object {
  const { method, target, body } = request;
  const [path = '', ...rest] = target.split('?');
  const headers = groupValues(listHeaders(request));
  const [type = ''] = headers['content-type'] ?? [];
  const isText =
    isUtf8(body) &&
    headers['content-encoding'] === undefined &&
    /^(text\/|application\/(json|javascript|xml)\b)/i.test(type);
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: groupValues(listParameters(rest.join('?'))),
    multiValueHeaders: headers,
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Still encoded, as they were sent. */
function listParameters(query: string): Pair[] {
  const parts = query.split('&').filter((part) => part !== '');
  return parts.map((part) => [part.split('=', 1).join(), part.split('=').slice(1).join('=')]);
}

/** By lower-case name, without those that end at the load balancer, and with those that it adds. */
function listHeaders({ headers, body, address }: ClientRequest): Pair[] {
  const isOwn = /^(expect|keep-alive|te|transfer-encoding|upgrade|x-forwarded-(for|port|proto))$/;
  const lowered = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const valuesOf = (wanted: string) => lowered.filter(([name]) => name === wanted).map(([, value]) => value);
  return [
    ...(valuesOf('host').length > 0 ? [] : [['host', host] as const]),
    ...lowered.filter(([name]) => !isOwn.test(name)),
    ...(valuesOf('transfer-encoding').length > 0 ? [['content-length', String(body.length)] as const] : []),
    ['x-forwarded-for', [...valuesOf('x-forwarded-for'), address].join(', ')],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
  ];
}

function groupValues(pairs: readonly Pair[]): Lists {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}

/**
 * Makes of the function's result what the client gets: of headers those with lists of values alone.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function formatReply(result: unknown): Reply {
  const { statusCode, multiValueHeaders = {}, body, isBase64Encoded } = (result ?? {}) as Partial<ALBResult>;
  if (statusCode === undefined || Buffer.byteLength(JSON.stringify(result)) > limits.bodyBytes)
    return { status: 502, headers: [['content-type', 'text/html']], body: Buffer.from('<h1>502 Bad Gateway</h1>') };
  const pairs = Object.entries(multiValueHeaders).flatMap(([name, values]) =>
    values.map((value) => [name, String(value)] as const),
  );
  return { status: statusCode, headers: pairs, body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8') };
}
