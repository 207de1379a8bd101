import type { Context } from 'aws-lambda';

import { detectFrontEnd, type FrontEnd, type HttpEvent } from './event.ts';
import { connect, type Listener } from './exchange.ts';
import { Failure, formatFailure } from './failure.ts';
import { fitResult } from './limit.ts';
import { parseEvent, type WireRequest } from './request.ts';
import type { LambdaResult } from './result.ts';

export type Handler = (event: unknown, context: Context) => Promise<LambdaResult>;

export interface HandlerOptions {
  /** The path that a custom domain maps to this API, such as `/orders`; the listener does not see it. */
  readonly basePath?: string;
}

/** @returns a Lambda handler that answers the events of every front end as `http.createServer(listener)` does */
export function createHandler(listener: Listener, { basePath = '' }: HandlerOptions = {}): Handler {
  const send = connect(listener);
  return async (event, context) => {
    const frontEnd = detectFrontEnd(event);
    try {
      const request = readEvent(event as HttpEvent, frontEnd, basePath);
      return fitResult(frontEnd, await send(request, { event, context }));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      console.error(error);
      return formatFailure(frontEnd, error);
    }
  };
}

function readEvent(event: HttpEvent, frontEnd: FrontEnd, basePath: string): WireRequest {
  try {
    return parseEvent(event, frontEnd, basePath);
  } catch (cause) {
    throw new Failure(400, 'No front end writes such an event.', { cause });
  }
}
