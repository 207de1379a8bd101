import { createServer, request as send, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';

import type { Context } from 'aws-lambda';

import { loadBundle } from '../scripts/bundle/zip.ts';
import { createEvent } from '../scripts/gateway/event.ts';
import { invoke } from '../scripts/gateway/runtime.ts';
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

/** Is told of each piece of a body when it arrives. */
export type Watch = (piece: Buffer) => void;

/** Sends a request to a server on this machine. */
export async function sendLocally(listener: RequestListener, sent: Sent, watch?: Watch): Promise<Got> {
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
        const answered = await collect(response, watch).catch(reject);
        const names = response.rawHeaders.filter((_, at) => at % 2 === 0);
        const pairs = names.map((name, at): Headers[number] => [name, response.rawHeaders[2 * at + 1] ?? '']);
        if (answered !== undefined) resolve(describe(response.statusCode ?? 0, pairs, answered));
      });
      message.on('error', reject).end(body);
    });
  } finally {
    server.close().closeAllConnections();
  }
}

/** Sends a request through the gateway to the function. */
export async function sendToLambda(handler: Handler, sent: Sent, watch?: Watch): Promise<Got> {
  const event = createEvent({ ...parse(sent), address: '127.0.0.1' });
  const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 5000 } as Context;
  const { status, headers, body } = await invoke(handler, JSON.parse(JSON.stringify(event)), context);
  return describe(status, headers, await collect(body, watch));
}

async function collect(body: Readable, watch: Watch = () => {}): Promise<Buffer> {
  body.on('data', watch);
  return Buffer.concat(await body.toArray());
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
