import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { loadBundle } from './bundle/zip.ts';
import { createEvent, formatReply, limits } from './gateway/event.ts';

/** A request as the gateway has it before it calls the function. */
export interface ClientRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly address: string;
}

/** What the gateway sends to its client. */
export interface Reply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Of an event or a result, as JSON: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxPayloadBytes = 6 * 1024 * 1024 + 100;

// Serves dist/lambda.zip on GATEWAY_PORT.
process.env['AWS_LAMBDA_FUNCTION_NAME'] ??= 'gateway'; // by which the app tells Lambda from a laptop
const handler = await loadBundle();
const server = createServer((message, response) => void serve(message, response));
server.listen(Number(process.env['GATEWAY_PORT'] ?? 3001), '127.0.0.1', () => {
  console.log(`The gateway listens on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const start = performance.now();
  const { status, headers, body } = await answer(message);
  response.statusCode = status;
  for (const [name, value] of headers)
    if (message.method === 'HEAD' || name.toLowerCase() !== 'content-length') response.appendHeader(name, value);
  // What a client still sends of a body that was refused: left unread, it would break the connection before the answer.
  message.resume();
  response.end(body);
  console.log(`${message.method} ${message.url} ${status} ${(performance.now() - start).toFixed(1)} ms`);
}

async function answer(message: IncomingMessage): Promise<Reply> {
  try {
    const request = await readRequest(message);
    if ('status' in request) return request;
    const payload = JSON.stringify(createEvent(request));
    if (Buffer.byteLength(payload) > maxPayloadBytes) return refuse(413, 'Request Too Long');
    const deadline = Date.now() + limits.timeoutMs;
    const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => deadline - Date.now() };
    const result = JSON.stringify((await handler(JSON.parse(payload), context)) ?? null);
    if (Buffer.byteLength(result) > maxPayloadBytes) throw new Error('The result is larger than 6 MB.');
    return formatReply(JSON.parse(result));
  } catch (error) {
    if (error instanceof URIError) return refuse(400, 'Bad Request');
    console.error(error);
    return formatReply(undefined);
  }
}

/** Reads a request to its end, or to where it is larger than the gateway takes. */
async function readRequest(message: IncomingMessage): Promise<ClientRequest | Reply> {
  const { method = 'GET', url: target = '/', rawHeaders, socket } = message;
  const headers = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
  if ([method, target, ...rawHeaders].join().length > limits.headerBytes)
    return refuse(431, 'Request Header Fields Too Large');
  const chunks: Buffer[] = [];
  let bytes = 0;
  // The connection is still needed after a return, for the answer.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > limits.bodyBytes) return refuse(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  return { method, target, headers, body: Buffer.concat(chunks), address: socket.remoteAddress ?? '' };
}

/** An answer of the gateway's own. */
function refuse(status: number, message: string): Reply {
  const body = Buffer.from(JSON.stringify({ message }));
  return { status, headers: [['content-type', 'application/json']], body };
}
