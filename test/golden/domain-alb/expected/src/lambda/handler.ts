import type { RequestListener, ServerResponse } from 'node:http';

import type { ALBResult, Context } from 'aws-lambda';

import { HttpError } from '../http-error.ts';
import type { Logger } from '../log.ts';
import { formatError } from '../send-error.ts';
import { type BalancedRequest, formatResult, parseEvent } from './event.ts';
import { parseAnswer } from './message.ts';
import { connect, Connection, type Invocation } from './server.ts';

/** Of a whole result: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
const maxResultBytes = 1024 * 1024;

/**
 * Answers as `http.createServer(listener)` does: node's own server, in server.ts, reads the request and writes the answer.
 * @param log - is told why a request did not get the listener's answer
 */
export function createHandler(listener: RequestListener, log: Pick<Logger, 'error'>) {
  const serve = connect(listener);

  async function answer(request: BalancedRequest, invocation: Invocation): Promise<ALBResult> {
    try {
      const connection = new Connection(request, invocation);
      if (!request.encrypted) Object.assign(connection, { encrypted: false });
      await serve(connection);
      const { written, errored, response } = connection;
      const answered = parseAnswer(Buffer.concat(written), request.method);
      if (answered === undefined) return fail(errored, response);
      const result = formatResult(answered);
      if (Buffer.byteLength(JSON.stringify(result)) <= maxResultBytes) return result;
      return fail(new HttpError(500, 'The answer is larger than the load balancer can send.'), response);
    } catch (cause) {
      return fail(new HttpError(400, undefined, { cause }));
    }
  }

  function fail(reason: unknown, response?: ServerResponse): ALBResult {
    const error =
      reason instanceof HttpError ? reason : new HttpError(502, 'The answer was cut off.', { cause: reason });
    (response?.req.log ?? log).error(error.message, { error });
    return formatResult(formatError(error, 'hidden', response));
  }

  return async (event: unknown, context: Context): Promise<ALBResult> => answer(parseEvent(event), { event, context });
}
