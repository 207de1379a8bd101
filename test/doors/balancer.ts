import { isUtf8 } from 'node:buffer';

import type { Pair } from '../../templates/service/files/scripts/gateway/request.ts';
import { type Got, listLength, type Sent } from './client.ts';

/*
 * A load balancer in front of a function, with and without multi-value headers.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */

export type BalancerKind = 'alb' | 'alb-multi';

type Lists = Readonly<Record<string, readonly string[]>>;

export function createBalancerEvent(kind: BalancerKind, sent: Sent, address: string): object {
  const mark = sent.target.indexOf('?');
  const query = mark < 0 ? '' : sent.target.slice(mark + 1);
  const headers = group(forward(sent, address));
  const parameters = group(
    query
      .split('&')
      .filter((part) => part !== '')
      .map(splitParameter),
  );
  const single = { headers: lastValues(headers), queryStringParameters: lastValues(parameters) };
  const multi = { multiValueHeaders: headers, multiValueQueryStringParameters: parameters };
  return {
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/lambda/0123456789abcdef' },
    },
    httpMethod: sent.method,
    path: mark < 0 ? sent.target : sent.target.slice(0, mark),
    ...(kind === 'alb' ? single : multi),
    ...encodeBody(sent),
  };
}

export function formatBalancerReply(kind: BalancerKind, value: unknown): Got {
  const result = value as {
    statusCode: number;
    headers?: Record<string, string>;
    multiValueHeaders?: Lists;
    body?: string;
    isBase64Encoded?: boolean;
  };
  const pairs =
    kind === 'alb'
      ? Object.entries(result.headers ?? {})
      : Object.entries(result.multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((one): Pair => [name, one]));
  const body = Buffer.from(result.body ?? '', result.isBase64Encoded === true ? 'base64' : 'utf8');
  return { status: result.statusCode, headers: pairs, body };
}

/** The load balancer does not decode the query, and knows no parameter without a value. */
function splitParameter(text: string): Pair {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

function forward(sent: Sent, address: string): Pair[] {
  const lowerCase = [...sent.headers, ...listLength(sent)].map(([name, value]): Pair => [name.toLowerCase(), value]);
  const before = lowerCase.filter(([name]) => name === 'x-forwarded-for').map(([, value]) => value);
  const others = lowerCase.filter(([name]) => !/^x-forwarded-(for|port|proto)$/.test(name));
  return [
    ...others,
    ['x-forwarded-for', [...before, address].join(', ')],
    ['x-forwarded-port', '443'],
    ['x-forwarded-proto', 'https'],
  ];
}

function encodeBody({ headers, body }: Sent): object {
  const find = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const type = find('content-type') ?? '';
  // A body that is no text under a type that is one is not documented; it cannot be sent otherwise.
  const isText =
    isUtf8(body) && find('content-encoding') === undefined && /^(text\/|application\/(json|javascript|xml)\b)/i.test(type);
  return body.length === 0 || isText
    ? { body: body.toString('utf8'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true };
}

function group(pairs: readonly Pair[]): Lists {
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

function lastValues(lists: Lists): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']));
}
