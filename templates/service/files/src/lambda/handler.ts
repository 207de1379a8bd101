import { isUtf8 } from 'node:buffer';
import type { RequestListener, ServerResponse } from 'node:http';

import type { Context } from 'aws-lambda';
import serverless from 'serverless-http';

import { HttpError } from '../http-error.ts';
import type { Logger } from '../log.ts';
import { formatError } from '../send-error.ts';
import { type LambdaResult, parseEvent, payloadVersion } from './event.ts';
import { type Answer, parseAnswer, type Request } from './message.ts';
import { connect, Connection, type Invocation } from './server.ts';

/** What serverless-http calls its application with. */
type Call = { readonly apiGateway: { readonly event: { request: Request; invocation: Invocation } } };

/** Lambda's 6 MB, less room for headers and the JSON around them: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxBodyBytes = 6 * 1024 * 1024 - 40 * 1024;

/**
 * Answers as `http.createServer(listener)` does: node's own server, in server.ts, reads the request and writes the answer.
 * To serverless-http the way there is the application, and it puts what comes back into the form of a result.
 * @param log - is told why a request did not get the listener's answer
 */
export function createHandler(listener: RequestListener, log: Pick<Logger, 'error'>) {
  const serve = connect(listener);

  async function relay({ apiGateway: { event } }: Call, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await answer(event.request, event.invocation);
    response.statusCode = status;
    // By getHeaders, serverless-http finds the names in lower case.
    response.getHeaders = () => headers;
    response.end(body);
  }

  async function answer(request: Request, invocation: Invocation): Promise<Answer> {
    try {
      const connection = new Connection(request, invocation);
      await serve(connection);
      const { written, errored, response } = connection;
      const answered = parseAnswer(Buffer.concat(written), request.method);
      if (answered === undefined) return fail(errored, response);
      if (Buffer.byteLength(JSON.stringify(encode(answered.body))) <= maxBodyBytes) return answered;
      return fail(new HttpError(500, 'The answer is larger than Lambda can send.'), response);
    } catch (cause) {
      return fail(new HttpError(400, undefined, { cause }));
    }
  }

  function fail(reason: unknown, response?: ServerResponse): Answer {
    const error =
      reason instanceof HttpError ? reason : new HttpError(502, 'The answer was cut off.', { cause: reason });
    (response?.req.log ?? log).error(error.message, { error });
    return formatError(error, 'hidden', response);
  }

  const invoke = serverless(relay, { binary: true, requestId: '' }); // no header for an id of its own
  return async (event: unknown, context: Context): Promise<LambdaResult> => {
    const request = parseEvent(event);
    const { method } = request;
    // All that serverless-http itself reads of an event.
    const frame = { version: payloadVersion, httpMethod: method, requestContext: { http: { method } } };
    const invocation = { event, context };
    const result = (await invoke({ ...frame, request, invocation }, context)) as LambdaResult;
    const body = Buffer.from(result.body, 'base64');
    return { ...result, body: encode(body), isBase64Encoded: !isUtf8(body) };
  };
}

/** Text stays readable in consoles and logs, and takes less room. */
function encode(body: Buffer): string {
  return body.toString(isUtf8(body) ? 'utf8' : 'base64');
}
