import { once } from 'node:events';

import { contextOf, eventOf } from './doors.ts';
import type { Listener } from './gateways.ts';
import { streaming, TestStream } from './streaming.ts';

export const sent = { method: 'GET', target: '/a?b=1', headers: [['Host', 'x'] as const], body: Buffer.alloc(0), chunked: false };

export interface Asked {
  readonly stream: TestStream;
  readonly lines: Record<string, unknown>[];
  /** Ends as the invocation does. */
  readonly run: Promise<void>;
}

/** Asks the function behind a REST API; what it logs is added to the lines. */
export function ask(listener: Listener, { method = 'GET', limitMs = 5000 } = {}): Asked {
  const lines: Record<string, unknown>[] = [];
  const stream = new TestStream();
  const headers = [...sent.headers, ['X-Request-Id', 'id'] as const];
  const event = eventOf('rest', { ...sent, method, headers });
  const run = streaming.rest.createService(listener, lines)(event, stream, contextOf(limitMs));
  run.catch(() => {});
  return { stream, lines, run };
}

export async function read(asked: Asked) {
  await asked.run;
  if (!asked.stream.writableFinished) await once(asked.stream, 'finish');
  return asked.stream.read();
}

export const logged = (lines: Asked['lines']) => lines.filter(({ level }) => level === 'ERROR').map(({ message }) => message);
export const requested = (lines: Asked['lines']) =>
  lines.filter(({ message }) => message === 'request').map(({ status }) => status);
