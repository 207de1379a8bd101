import type { EventKind } from './event.ts';
import type { Pair } from './request.ts';

/** What a front end sends to the client. */
export interface Reply {
  readonly status: number;
  readonly headers: readonly Pair[];
  readonly body: Buffer;
}

interface Result {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** REST APIs keep these names for themselves. */
const remapped = new Set(['connection', 'date', 'server', 'www-authenticate']);

/** Makes of a function's result what the client gets; of one that is none, the error that the client gets. */
export function formatReply(kind: EventKind, result: unknown): Reply {
  if (!isResult(result)) return formatError(kind === 'rest' ? 502 : 500, 'Internal Server Error');
  const {
    statusCode,
    headers = {},
    multiValueHeaders = {},
    cookies = [],
    body = '',
    isBase64Encoded,
  } = result;
  const isVersion2 = kind === 'http-2.0' || kind === 'url';
  const lists = isVersion2 ? { 'set-cookie': cookies } : multiValueHeaders;
  const pairs = [
    ...Object.entries(headers).filter(([name]) => !Object.hasOwn(lists, name)),
    ...Object.entries(lists).flatMap(([name, values]) => values.map((value): Pair => [name, value])),
  ];
  return {
    status: statusCode,
    headers: kind === 'rest' ? pairs.map(remap) : pairs,
    body: Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/** An answer of the front end itself. */
export function formatError(status: number, message: string): Reply {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: [['content-type', 'application/json']], body };
}

function isResult(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && Number.isInteger((value as Result).statusCode);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
function remap([name, value]: Pair): Pair {
  return [remapped.has(name.toLowerCase()) ? `x-amzn-remapped-${name}` : name, value];
}
