import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Context } from 'aws-lambda';

import { createEvent } from '../../templates/service/files/scripts/gateway/event.ts';
import { frontEnds } from '../../templates/service/files/scripts/gateway/front-end.ts';
import { formatReply } from '../../templates/service/files/scripts/gateway/reply.ts';
import type { Handler } from '../../templates/service/files/src/lambda/handler.ts';
import type { Listener } from '../../templates/service/files/src/lambda/exchange.ts';
import { createBalancerEvent, formatBalancerReply } from './balancer.ts';
import { cutOff, type Got, listLength, noAnswer, type Sent, sendTo } from './client.ts';

export const kinds = ['rest', 'http-1.0', 'http-2.0', 'url', 'alb', 'alb-multi'] as const;
export type Kind = (typeof kinds)[number];

/** Where the client is, at both doors. */
const address = '127.0.0.1';

/** The local door; its connections count as TLS, since the front ends have no other. */
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

/** The Lambda door behind one kind of front end. The event is frozen: who writes to it throws. */
export async function sendToLambda(kind: Kind, handler: Handler, sent: Sent): Promise<Got> {
  const event = freeze(JSON.parse(JSON.stringify(eventOf(kind, sent))));
  const result: unknown = JSON.parse(JSON.stringify(await handler(event, contextOf(1250))));
  const reply = replyOf(kind, result);
  // A front end has no broken connection for its client, so the handler answers 502 where the local door breaks it.
  if (reply.status === 504) return noAnswer;
  return reply.status === 502 ? cutOff : deliver(reply, sent.method);
}

export function eventOf(kind: Kind, sent: Sent): object {
  if (kind === 'alb' || kind === 'alb-multi') return createBalancerEvent(kind, sent, address);
  const request = { ...sent, headers: [...sent.headers, ...listLength(sent)], address };
  const name = kind === 'http-2.0' ? 'http' : kind;
  return createEvent(kind, request, { ...frontEnds[name], stage: '$default' });
}

function replyOf(kind: Kind, result: unknown): Got {
  return kind === 'alb' || kind === 'alb-multi' ? formatBalancerReply(kind, result) : formatReply(kind, result);
}

/** Every front end gives a body its length, and every client trims a header. */
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
