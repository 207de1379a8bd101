import type { RequestListener } from 'node:http';

import type { Context, StreamifyHandler } from 'aws-lambda';

import { HttpError } from '../http-error.ts';
import type { Logger } from '../log.ts';
import { formatError } from '../send-error.ts';
import { parseEvent } from './event.ts';
import { connect } from './server.ts';
import { beginAnswer, StreamedConnection } from './streamed-connection.ts';

type Stream = awslambda.HttpResponseStream;

/**
 * Answers as `http.createServer(listener)` does, and while it does: node's own server, in server.ts, reads the request
 * and writes the answer, which leaves the function as it is written.
 * @param log - is told why a request did not get the listener's answer, or not all of it
 * @see https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export function createHandler(listener: RequestListener, log: Pick<Logger, 'error'>): StreamifyHandler<unknown, void> {
  const serve = connect(listener);

  async function answer(connection: StreamedConnection): Promise<void> {
    await serve(connection);
    const { stream, answer: read, errored } = connection;
    // The client has left, which the request log has.
    if (stream.destroyed) return;
    if (read.isWhole()) stream.end();
    else fail(stream, errored, connection);
  }

  function fail(stream: Stream, reason: unknown, connection?: StreamedConnection): void {
    const error =
      reason instanceof HttpError ? reason : new HttpError(502, 'The answer was cut off.', { cause: reason });
    (connection?.response?.req.log ?? log).error(error.message, { error });
    // Half an answer is out: where an invocation fails, Lambda breaks the client's connection.
    if (connection?.answer.head() !== undefined) throw error;
    const { body, ...head } = formatError(error, 'hidden', connection?.response);
    beginAnswer(stream, head);
    stream.write(body);
    stream.end();
  }

  return awslambda.streamifyResponse(async (event: unknown, stream: Stream, context: Context) => {
    const request = parseEvent(event);
    let connection: StreamedConnection;
    try {
      connection = new StreamedConnection(request, { event, context }, stream);
    } catch (cause) {
      return fail(stream, new HttpError(400, undefined, { cause }));
    }
    return answer(connection);
  });
}
