import type { Context } from 'aws-lambda';

import type { FrontEnd, HttpEvent } from './event.ts';
import { formatTarget } from './target.ts';

/** One HTTP request as it came over the wire, before a front end made an event of it. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Name, value, name, value, …: the form of node's `rawHeaders`. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly remoteAddress: string;
  /** Whether the client came by TLS. */
  readonly encrypted: boolean;
}

/** What Lambda called the function with. */
export interface Invocation {
  readonly event: unknown;
  readonly context: Context;
}

declare module 'http' {
  interface IncomingMessage {
    /** Undefined at the local door. */
    lambda?: Invocation;
  }
}

/**
 * Turns an event of any front end into the request it stands for. The event is only read.
 * @throws TypeError or URIError for an event that no front end writes
 */
export function parseEvent(event: HttpEvent, frontEnd: FrontEnd, basePath: string): WireRequest {
  const { http, identity } = event.requestContext;
  const body = decodeBody(event);
  const headers = listHeaders(event, body);
  const isBalancer = frontEnd === 'alb' || frontEnd === 'alb-multi';
  return {
    method: requireText(http?.method ?? event.httpMethod, 'method'),
    target: formatTarget(event, frontEnd, basePath),
    headers,
    body,
    remoteAddress: isBalancer
      ? forwardedAddress(headers)
      : requireText((http ?? identity)?.sourceIp ?? '', 'sourceIp'),
    encrypted: !isBalancer || lastValue(headers, 'x-forwarded-proto') === 'https',
  };
}

function requireText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new TypeError(`The event's ${name} is not a string.`);
  return value;
}

function decodeBody({ body, isBase64Encoded }: HttpEvent): Buffer {
  return Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
}

/** Lists each value on its own. The front end has read the body to its end, so its length is known and it is not chunked. */
function listHeaders({ headers, multiValueHeaders, cookies }: HttpEvent, body: Buffer): string[] {
  const list: string[] = [];
  let hasLength = body.length > 0;
  const given: Readonly<Record<string, string | readonly string[]>> = multiValueHeaders ?? headers ?? {};
  for (const name of Object.keys(given)) {
    const values = given[name] ?? [];
    if (/^(content-length|transfer-encoding)$/i.test(name)) hasLength = true;
    else if (typeof values === 'string') list.push(name, toBytes(values));
    else for (const value of values) list.push(name, toBytes(value));
  }
  if (cookies != null && cookies.length > 0) list.push('cookie', cookies.join('; '));
  if (hasLength) list.push('content-length', String(body.length));
  return list;
}

/** Node has one character for each byte of a header; one above 255 shows that the front end decoded UTF-8. */
function toBytes(value: string): string {
  return /[\u0100-\uffff]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value;
}

/** A load balancer appends the address that called it, if need be with the port; what stands before, a client can forge. */
function forwardedAddress(headers: readonly string[]): string {
  const last = lastValue(headers, 'x-forwarded-for') ?? '';
  return last.replace(/^\[(.*)\](?::\d+)?$|^([\d.]+):\d+$/, '$1$2');
}

function lastValue(headers: readonly string[], name: string): string | undefined {
  const at = headers.findLastIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return headers[at + 1]?.split(',').at(-1)?.trim();
}
