import { createServer, request as send, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Context } from 'aws-lambda';

import { loadBundle } from '../scripts/bundle/zip.ts';
import { createEvent, formatReply } from '../scripts/gateway/event.ts';
import type { createHandler } from '../src/lambda/handler.ts';

type Handler = ReturnType<typeof createHandler>;
type Headers = readonly (readonly [name: string, value: string])[];

export interface Sent {
  /** Method and target, such as `GET /healthz`. */
  readonly line: string;
  readonly headers?: Headers;
  readonly body?: string;
}

/** What the client sees, less what each entry point says of its own connection and clock. */
export interface Got {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** The handler of the service: that of dist/lambda.zip where DOORS=zip is set, else that of the sources. */
export async function loadHandler(): Promise<Handler> {
  return process.env['DOORS'] === 'zip' ? loadBundle() : (await import('../src/lambda.ts')).handler;
}

/** Sends a request to a server on this machine. */
export async function sendLocally(listener: RequestListener, sent: Sent): Promise<Got> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const { method, target, headers, body } = parse(sent);
  try {
    return await new Promise((resolve, reject) => {
      const message = send({
        port,
        host: '127.0.0.1',
        agent: false,
        method,
        path: target,
        headers: headers.flat(),
      });
      message.on('response', async (response) => {
        const answered = Buffer.concat(await response.toArray());
        const names = response.rawHeaders.filter((_, at) => at % 2 === 0);
        const pairs = names.map((name, at): Headers[number] => [name, response.rawHeaders[2 * at + 1] ?? '']);
        resolve(describe(response.statusCode ?? 0, pairs, answered));
      });
      message.on('error', reject).end(body);
    });
  } finally {
    server.close().closeAllConnections();
  }
}

/** Sends a request through the gateway to the function. */
export async function sendToLambda(handler: Handler, sent: Sent): Promise<Got> {
  const event = createEvent({ ...parse(sent), address: '127.0.0.1' });
  const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 5000 } as Context;
  const result = await handler(JSON.parse(JSON.stringify(event)), context);
  const { status, headers, body } = formatReply(JSON.parse(JSON.stringify(result)));
  return describe(status, headers, body);
}

function parse({ line, headers = [], body = '' }: Sent) {
  const [method = '', target = ''] = line.split(' ');
  const bytes = Buffer.from(body);
  const all: Headers = [['Host', 'api.example.com'], ['Content-Length', String(bytes.length)], ...headers];
  return { method, target, headers: all, body: bytes };
}

function describe(status: number, headers: Headers, body: Buffer): Got {
  const ofTheDoor = /^(connection|content-length|date|keep-alive|transfer-encoding)$/;
  const lines = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const kept = lines.filter(([name]) => !ofTheDoor.test(name)).map((line) => line.join(': '));
  return { status, headers: kept.toSorted(), body: body.toString('latin1') };
}
