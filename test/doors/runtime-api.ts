import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the runtime client reported of one invocation. */
export interface Report {
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  /** Behind a body that is streamed: what failed. */
  readonly trailers: NodeJS.Dict<string>;
}

/** Is told of each piece of a body when it comes. */
export type Watch = (piece: Buffer) => void;

export interface RuntimeApi {
  readonly address: string;
  /** Hands an event to the runtime client and waits for what it reports. */
  readonly invoke: (event: object, limitMs?: number, watch?: Watch) => Promise<Report>;
  /** How many threads of the runtime client wait for an event. */
  readonly countWaiting: () => number;
  readonly close: () => void;
}

/**
 * The part of Lambda that a runtime client talks to.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function openRuntimeApi(): Promise<RuntimeApi> {
  const invocations: { event: object; limitMs: number; watch: Watch; report: (report: Report) => void }[] = [];
  const open = new Map<string, (typeof invocations)[number]>();
  /** Requests for the next invocation: one of each thread of the client. */
  const waiting: ServerResponse[] = [];
  let count = 0;

  function handOver(): void {
    const invocation = invocations[0];
    const response = waiting[0];
    if (response === undefined || invocation === undefined) return;
    invocations.shift();
    waiting.shift();
    count += 1;
    open.set(String(count), invocation);
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': String(count),
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + invocation.limitMs),
      'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:eu-west-1:123456789012:function:test',
      'Lambda-Runtime-Trace-Id': 'Root=1-65a0b1c2-0123456789abcdef01234567',
    });
    response.end(JSON.stringify(invocation.event));
  }

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = String(request.url);
    if (path.endsWith('/invocation/next')) {
      waiting.push(response);
      return handOver();
    }
    const invocation = open.get(path.split('/').at(-2) ?? '');
    const pieces: Buffer[] = [];
    for await (const piece of request) {
      pieces.push(piece as Buffer);
      invocation?.watch(piece as Buffer);
    }
    response.writeHead(202).end('{"status":"OK"}');
    const { headers, trailers } = request;
    invocation?.report({ path, body: Buffer.concat(pieces).toString('latin1'), headers, trailers });
  }

  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: (event, limitMs = 5000, watch = () => {}) =>
      new Promise((report) => {
        invocations.push({ event, limitMs, watch, report });
        handOver();
      }),
    countWaiting: () => waiting.length,
    close: () => {
      server.close().closeAllConnections();
    },
  };
}
