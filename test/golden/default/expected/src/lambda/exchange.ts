import type { IncomingMessage, ServerResponse } from 'node:http';

import serverless from 'serverless-http';

import { Connection } from './connection.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { Failure } from './failure.ts';
import * as repairs from './repairs.ts';
import type { Invocation, WireRequest } from './request.ts';
import type { Answer } from './result.ts';

/** Whatever http.createServer takes: `app.callback()` of Koa, an Express app, a function. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** One request on its way through serverless-http, as the event that it is given. */
interface Exchange {
  readonly httpMethod: string;
  /** Not empty: for an empty one, serverless-http would start a timer. */
  readonly body: string;
  readonly request: WireRequest;
  readonly invocation: Invocation;
  readonly connection: Connection;
  readonly deadlines: Deadlines;
  readonly fail: (error: unknown) => void;
}

/** How much earlier than Lambda, which ends the whole process at its deadline, a single request is given up. */
const graceMs = 250;

/** @returns a function that sends a request to the listener by way of serverless-http */
export function connect(
  listener: Listener,
): (request: WireRequest, invocation: Invocation) => Promise<Answer> {
  const deadlines = createDeadlines();
  const handler = serverless(
    (envelope: { apiGateway: { event: Exchange } }, response: ServerResponse) =>
      start(listener, envelope.apiGateway.event, response),
    { binary: false, requestId: '', response: finish },
  );
  return (request, invocation) =>
    new Promise((resolve, reject) => {
      const connection = new Connection(request, (error) => {
        deadlines.remove(connection);
        reject(cutOff(request, error));
      });
      const fail = (error: unknown) => {
        reject(error);
        connection.destroy();
      };
      deadlines.add(connection, invocation.context.getRemainingTimeInMillis() - graceMs);
      // All but the method is carried past serverless-http, which would alter it on the way.
      const exchange: Exchange = {
        httpMethod: request.method,
        body: ' ',
        request,
        invocation,
        connection,
        deadlines,
        fail,
      };
      handler(exchange, invocation.context).then(
        (formatted) => resolve(readAnswer(formatted, connection)),
        fail,
      );
    });
}

function start(listener: Listener, exchange: Exchange, response: ServerResponse): void {
  const { request, invocation, connection, fail } = exchange;
  const message = repairs.createMessage(connection);
  message.lambda = invocation;
  repairs.restoreTarget(message, request);
  repairs.restoreHeaders(message, request);
  repairs.restoreBody(message, request);
  repairs.restoreMethods(response);
  repairs.restoreFraming(response);
  repairs.restoreSocket(response, message);
  const answered = listener(message, response);
  if (answered instanceof Promise) answered.catch(fail);
}

async function finish(response: ServerResponse, { connection, deadlines }: Exchange): Promise<void> {
  await repairs.awaitFinish(response);
  deadlines.remove(connection);
  connection.setTimeout(0);
  repairs.restoreHead(response, connection);
  repairs.closeExchange(response);
}

/** The body would come decoded as UTF-8, so it comes from the connection. */
function readAnswer(formatted: object, { body }: Connection): Answer {
  const { statusCode, headers, multiValueHeaders } = formatted as Omit<Answer, 'body'>;
  return { statusCode, headers, multiValueHeaders, body };
}

function cutOff({ method, target }: WireRequest, cause: Error | null): Failure {
  const status = cause instanceof Failure ? cause.status : 502;
  return new Failure(status, `${method} ${target} was cut off before its answer was complete.`, { cause });
}
