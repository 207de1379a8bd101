import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync } from 'node:fs';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';

import type { Context } from 'aws-lambda';

import type { GatewayModules, Handler, Listener } from '../../test/doors/gateways.ts';

/** What a project emits for its gateway. */
interface Modules extends Pick<GatewayModules, 'createEvent' | 'formatReply'> {
  readonly createHandler: (listener: Listener, log: { error: (message: string, fields: Failure) => void }) => Handler;
}

/** Why the handler answered in place of the listener. */
interface Failure {
  readonly error?: unknown;
}

interface Door extends Modules {
  readonly handlerOf: (server: Server) => Handler;
  readonly failures: AsyncLocalStorage<{ last?: Failure }>;
}

type Reply = ReturnType<Modules['formatReply']>;

/** Within the five seconds that most runners give a test: one that waits in vain is told so, and does not run into the next. */
const limitMs = 4000;

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxEventBytes = 6 * 1024 * 1024 + 100;

/**
 * Puts a gateway and the emitted handler before every server that this process listens with.
 * @param requests - the file that gets a byte for each request that takes the door
 */
export function openDoor(modules: Modules, requests: string): void {
  const emit = Reflect.get(Server.prototype, 'emit') as (this: Server, event: string, ...values: readonly unknown[]) => boolean;
  const handlers = new WeakMap<Server, Handler>();
  const failures: Door['failures'] = new AsyncLocalStorage();
  const log = { error: (_message: string, failure: Failure) => void Object.assign(failures.getStore() ?? {}, { last: failure }) };
  const handlerOf = (server: Server) => {
    const listener: Listener = (...exchange) => emit.call(server, 'request', ...exchange);
    const handler = handlers.get(server) ?? modules.createHandler(listener, log);
    handlers.set(server, handler);
    return handler;
  };
  const door: Door = { ...modules, handlerOf, failures };

  // Of the prototype: how a suite makes a server and when it adds its listener do not matter then.
  Server.prototype.emit = function emitThroughDoor(this: Server, event: string, ...values: unknown[]): boolean {
    const [message, response] = values as [IncomingMessage, ServerResponse];
    if (event !== 'request' || !isOfClient(message)) return emit.call(this, event, ...values);
    appendFileSync(requests, '.');
    void serve(door, this, [message, response]);
    return true;
  };
}

/** Neither made up by a test nor written by the handler, whose connections know their invocation. */
function isOfClient({ socket }: IncomingMessage): boolean {
  return socket?.remotePort !== undefined && !('invocation' in socket);
}

async function serve(door: Door, server: Server, [message, response]: [IncomingMessage, ServerResponse]): Promise<void> {
  try {
    const reply = await answer(door, server, message);
    if (reply !== undefined) return write(reply, message, response);
  } catch (error) {
    // As an HTTP API answers a path that it cannot decode.
    if (error instanceof URIError) return write({ status: 400, headers: [], body: Buffer.from('') }, message, response);
    // Else the client left before its request was read, or gets an answer that cannot be written.
  }
  message.socket.destroy();
}

/** @returns undefined where the local entry point would break the connection, or never answer */
async function answer(door: Door, server: Server, message: IncomingMessage): Promise<Reply | undefined> {
  const event = JSON.stringify(await readEvent(door, message));
  if (Buffer.byteLength(event) > maxEventBytes) return { status: 413, headers: [], body: Buffer.from('') };
  const deadline = Date.now() + limitMs;
  const context = { awsRequestId: 'suite', getRemainingTimeInMillis: () => deadline - Date.now() } as Context;
  const failure: { last?: Failure } = {};
  const result = await door.failures.run(failure, () => door.handlerOf(server)(JSON.parse(event), context));
  const { status } = (failure.last?.error ?? {}) as { readonly status?: number };
  return status === 502 || status === 504 ? undefined : door.formatReply(JSON.parse(JSON.stringify(result)));
}

async function readEvent({ createEvent }: Door, message: IncomingMessage): Promise<object> {
  const { method = '', url: target = '', rawHeaders: raw, socket } = message;
  const headers = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return createEvent({ method, target, headers, body: Buffer.concat(chunks), address: socket.remoteAddress ?? '' });
}

/** Every gateway gives a body its length. */
function write({ status, headers, body }: Reply, { method }: IncomingMessage, response: ServerResponse): void {
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304;
  const others = headers.filter(([name]) => !hasBody || name.toLowerCase() !== 'content-length');
  response.writeHead(status, [...others, ...(hasBody ? [['content-length', `${body.length}`]] : [])].flat());
  response.end(hasBody ? body : undefined);
}
