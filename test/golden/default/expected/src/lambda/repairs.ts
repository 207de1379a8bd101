import { IncomingMessage, ServerResponse } from 'node:http';

import type { Connection } from './connection.ts';
import { isToldByHeaders, parseHead } from './head.ts';
import type { WireRequest } from './request.ts';

/*
 * What serverless-http 4.0.0 needs so that a listener cannot tell it from http.Server. Each function is one repair; its
 * comment says what goes wrong without it.
 */

/** What node itself writes, and the types keep from others. */
type Exposed = Omit<ServerResponse, 'req'> & { req: IncomingMessage; _closed: boolean };

/** The request has `ip` and `body` already: the one hides Express's own, the other makes parsers skip their limits. */
export function createMessage(connection: Connection): IncomingMessage {
  // Deleting them instead makes every later access to the request slow. The cast: it is a net.Socket to a listener.
  const message = new IncomingMessage(connection as unknown as IncomingMessage['socket']);
  connection.request = message;
  message.httpVersion = '1.1';
  message.httpVersionMajor = 1;
  message.httpVersionMinor = 1;
  return message;
}

/** The query is decoded and encoded again: `?at=12:30&x` arrives as `?at=12%3A30&x=`. */
export function restoreTarget(message: IncomingMessage, { method, target }: WireRequest): void {
  message.method = method;
  message.url = target;
}

/** Of repeated headers only the last is left, `rawHeaders` is empty, and a GET has a `content-length: 0` nobody sent. */
export function restoreHeaders(message: IncomingMessage, { headers }: WireRequest): void {
  // Node's parser hands the headers over in this way, and node joins repeated ones when they are first read.
  const parsed = message as IncomingMessage & {
    _addHeaderLines(lines: readonly string[], count: number): void;
  };
  parsed._addHeaderLines(headers, headers.length);
}

/** A request without a body emits `end` twice, once by a timer, even when nobody reads it. */
export function restoreBody(message: IncomingMessage, { body }: WireRequest): void {
  message._read = () => {
    if (body.length > 0) message.push(body);
    message.complete = true;
    message.push(null);
  };
}

/** `writeHead` garbles an array of headers and drops all but the first of an object; setHeader after the head is silent. */
export function restoreMethods(response: ServerResponse): void {
  // oxlint-disable-next-line typescript/unbound-method -- it becomes a method again
  response.setHeader = ServerResponse.prototype.setHeader;
  // oxlint-disable-next-line typescript/unbound-method -- likewise
  response.writeHead = ServerResponse.prototype.writeHead;
}

/** A stream has no length and no chunks, so node marks its answer as the connection's last. The front end adds the date. */
export function restoreFraming(response: ServerResponse): void {
  response.useChunkedEncodingByDefault = true;
  response.sendDate = false;
}

/** The response's socket is a stub: bytes are read as UTF-8, `res.socket.setTimeout` is a TypeError, destroying it does nothing. */
export function restoreSocket(response: ServerResponse, message: IncomingMessage): void {
  if (response.socket !== null) response.detachSocket(response.socket);
  response.assignSocket(message.socket);
  (response as Exposed).req = message;
}

/** The answer is taken when `end()` was called, before the listeners of `finish`, with their log lines, and of `error`. */
export async function awaitFinish(response: ServerResponse): Promise<void> {
  if (!response.writableFinished) await new Promise<void>((resolve) => response.once('finish', resolve));
  // Node emits the error of a write after the end one tick later.
  if (response.listenerCount('error') > 0) await new Promise<void>((resolve) => process.nextTick(resolve));
}

/** `res.destroyed` and `res.closed` stay false after `close`, and a request that nobody read never closes. */
export function closeExchange(response: ServerResponse): void {
  const { req: message, socket } = response;
  if (socket !== null) response.detachSocket(socket);
  (response as Exposed).destroyed = true;
  (response as Exposed)._closed = true;
  message.complete = true;
  if (message.listenerCount('close') + message.listenerCount('end') > 0) message.resume();
}

/** Headers given to `writeHead` alone are missing, and a status set after the head was sent replaces the one sent. */
export function restoreHead(response: ServerResponse, { head }: Connection): void {
  response.statusCode = Number(head.slice(9, 12));
  if (isToldByHeaders(response, head)) return;
  // As the last listener, so that others still find what they find under http.Server.
  response.once('close', () => {
    response.getHeaders = () => parseHead(head);
  });
}
