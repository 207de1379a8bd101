import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { statusOf } from '../http-error.ts';
import type { Logger } from '../log.ts';
import { pathOf } from './target.ts';

/** What nginx calls a request whose client left before it was answered. */
const clientClosedRequest = 499;

/** Logs one line a request, when its answer is out, and names the request in the answer's `X-Request-Id`. */
export function logRequest(request: IncomingMessage, response: ServerResponse, log: Logger): void {
  const start = performance.now();
  const { method, url } = request;
  const ids = identifyRequest(request);
  request.log = log.with(ids);
  response.setHeader('X-Request-Id', ids.clientRequestId ?? ids.requestId);

  const record = () => {
    response.off('finish', record).off('close', record);
    const durationMs = Math.round((performance.now() - start) * 10) / 10;
    // Without the query, which may hold what a log should not.
    request.log.info('request', { method, path: pathOf(url), status: sentStatus(response), durationMs });
  };
  // On Lambda the process may stop once the answer is out, which is before it is closed.
  response.on('finish', record).on('close', record);
}

/** Collects the ids by which a request can be found in logs and traces. */
export function identifyRequest({ headers, lambda }: IncomingMessage) {
  // Where the gateway puts its id.
  const { requestContext } = (lambda?.event ?? {}) as { requestContext?: { requestId?: unknown } };
  const trace = process.env['_X_AMZN_TRACE_ID'] ?? headers['x-amzn-trace-id'];
  return {
    /** Lambda's, which its own log lines have under the same name; a random one elsewhere. */
    requestId: lambda?.context.awsRequestId ?? randomUUID(),
    /** The client's own `X-Request-Id`, if it is harmless to log. */
    clientRequestId: /^[\w.:=+/-]{1,128}$/.exec(String(headers['x-request-id'] ?? ''))?.[0],
    /** The gateway's, to find the request in its access log. */
    gatewayRequestId: requestContext?.requestId,
    /** X-Ray's: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
    traceId: /\bRoot=(1-[\da-f]{8}-[\da-f]{24})\b/.exec(String(trace))?.[1],
  };
}

/** An answer that was cut off has an error where we cut it, and none where the client left. */
function sentStatus({ writableFinished, statusCode, errored }: ServerResponse): number {
  if (writableFinished) return statusCode;
  return errored ? statusOf(errored) : clientClosedRequest;
}
