import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Context } from 'aws-lambda';

import { cutOff, type Got, listLength, noAnswer, type Sent, sendTo } from './client.ts';
import { emitted, type Gateway, type Handler, type Listener } from './gateways.ts';

/** Where the client is, at both doors. */
const address = '127.0.0.1';

/** The local door; its connections count as TLS, since the gateways have no other. */
export async function openLocalDoor(listener: Listener): Promise<{ send: (sent: Sent) => Promise<Got>; close: () => void }> {
  const server = createServer((request, response) => void listener(request, response));
  server.on('connection', (socket) => Object.assign(socket, { encrypted: true }));
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const agent = new Agent({ keepAlive: true });
  const { port } = server.address() as AddressInfo;
  return {
    send: (sent) => sendTo(port, agent, sent),
    close: () => {
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The Lambda door behind a gateway. The event is frozen: who writes to it throws. */
export async function sendToLambda(gateway: Gateway, handler: Handler, sent: Sent): Promise<Got> {
  const event = freeze(JSON.parse(JSON.stringify(eventOf(gateway, sent))));
  const result: unknown = JSON.parse(JSON.stringify(await handler(event, contextOf(1250))));
  const reply = emitted[gateway].formatReply(result);
  // A gateway has no broken connection for its client, so the handler answers 502 where the local door breaks it.
  if (reply.status === 504) return noAnswer;
  return reply.status === 502 ? cutOff : deliver(reply, sent.method);
}

export function eventOf(gateway: Gateway, sent: Sent): object {
  return emitted[gateway].createEvent({ ...sent, headers: [...sent.headers, ...listLength(sent)], address });
}

/** Every gateway gives a body its length, and every client trims a header. */
function deliver({ status, headers, body }: Got, method: string): Got {
  const trimmed = headers.map(([name, value]) => [name, value.trim()] as const);
  if (method === 'HEAD' || status === 204 || status === 304) return { status, headers: trimmed, body: Buffer.alloc(0) };
  const others = trimmed.filter(([name]) => name.toLowerCase() !== 'content-length');
  return { status, headers: [...others, ['content-length', String(body.length)]], body };
}

export function contextOf(limitMs: number): Context {
  const deadline = Date.now() + limitMs;
  const context: Partial<Context> = {
    awsRequestId: '00000000-0000-4000-8000-000000000000',
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  return context as Context;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
