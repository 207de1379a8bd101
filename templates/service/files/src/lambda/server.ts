import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';

import { HttpError, toError } from '../http-error.ts';
import { formatRequest, type Request } from './message.ts';

export type Invocation = NonNullable<IncomingMessage['lambda']>;

/** The connection of one request: the server reads it from here, and what the server writes is kept. */
export class Connection extends Socket {
  override readonly remoteAddress: string;
  override readonly remoteFamily: string;
  /** Clients have no other way to a gateway than TLS. */
  readonly encrypted = true;
  readonly invocation: Invocation;
  readonly written: Buffer[] = [];
  response: ServerResponse | undefined;

  constructor(request: Request, invocation: Invocation) {
    super();
    this.remoteAddress = request.remoteAddress;
    this.remoteFamily = request.remoteAddress.includes(':') ? 'IPv6' : 'IPv4';
    this.invocation = invocation;
    this.push(formatRequest(request));
    // A client closes its end when the server does.
    this.once('finish', () => this.destroy());
  }

  override _read(): void {} // The whole request was pushed at the start.

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    // Copied, since the listener may fill its buffer again.
    this.written.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk));
    // Whatever is written restarts the idle time.
    if (this.timeout) this.setTimeout(this.timeout);
    done();
  }

  override _writev(writes: { chunk: Buffer | string; encoding: BufferEncoding }[], done: () => void): void {
    for (const { chunk, encoding } of writes) this._write(chunk, encoding, () => {});
    done();
  }
}

/** @returns a function that hands a connection to an HTTP server, which listens on no port, and waits until it closes */
export function connect(listener: RequestListener) {
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: 0 }, (request, response) => {
    const connection = request.socket as Connection;
    connection.response = response;
    request.lambda = connection.invocation;
    // The gateway adds the date.
    response.sendDate = false;
    response.once('close', () => connection.destroy());
    const served = new Promise((resolve) => resolve(listener(request, response)));
    served.catch((thrown: unknown) => response.destroy(toError(thrown)));
  });

  return async (connection: Connection): Promise<void> => {
    // At its deadline, Lambda ends the process with all that it serves; a test may call without one.
    const limitMs = (connection.invocation.context.getRemainingTimeInMillis?.() ?? 60_000) - 250;
    // Lambda also ends an invocation that waits for nothing: until there is an answer, it waits for this timer.
    const timer = setTimeout(() => (connection.response ?? connection).destroy(new HttpError(504)), limitMs);
    server.emit('connection', connection);
    await new Promise((resolve) => connection.once('close', resolve));
    clearTimeout(timer);
  };
}
