import { randomUUID } from 'node:crypto';

import type { Context } from 'aws-lambda';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Lambda's limit, of an event as well as of a result: 6 MB and 100 bytes, as JSON. */
const maxPayloadBytes = 6 * 1024 * 1024 + 100;

/** The function was not called, or gave nothing that a gateway can use. */
export class InvocationError extends Error {
  override readonly name = 'InvocationError';
  readonly reason: 'event-too-large' | 'result-too-large' | 'timeout';

  constructor(reason: InvocationError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Calls a handler as Lambda does: event and result are JSON, and neither their size nor the time is unlimited. */
export async function invoke(handler: Handler, event: object, timeoutMs: number): Promise<unknown> {
  const payload = JSON.stringify(event);
  requireSize(payload, 'event-too-large');
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    const error = new InvocationError('timeout', `The function did not answer within ${timeoutMs} ms.`);
    timer = setTimeout(() => reject(error), timeoutMs);
  });
  try {
    const result = await Promise.race([handler(JSON.parse(payload), createContext(timeoutMs)), timeout]);
    const json = JSON.stringify(result ?? null);
    requireSize(json, 'result-too-large');
    return JSON.parse(json);
  } finally {
    clearTimeout(timer);
  }
}

function requireSize(json: string, reason: InvocationError['reason']): void {
  const size = Buffer.byteLength(json);
  if (size <= maxPayloadBytes) return;
  throw new InvocationError(
    reason,
    `${reason}: ${size} bytes of JSON, where Lambda takes ${maxPayloadBytes}.`,
  );
}

function createContext(timeoutMs: number): Context {
  const deadline = Date.now() + timeoutMs;
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'gateway',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:gateway',
    logGroupName: '/aws/lambda/gateway',
    logStreamName: 'local',
    memoryLimitInMB: '256',
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: ignored,
    fail: ignored,
    succeed: ignored,
  };
}

function ignored(): void {
  // The ways to answer of a handler with a callback, which Node.js 24 on Lambda no longer has.
}
