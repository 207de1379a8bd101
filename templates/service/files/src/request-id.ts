import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type RequestIds = {
  /** Lambda's, which its own log lines have under the same name; a random one elsewhere. */
  readonly requestId: string;
  /** The client's own `X-Request-Id`, if it is harmless to log. */
  readonly clientRequestId: string | undefined;
  /** API Gateway's, to find the request in the access log. */
  readonly gatewayRequestId: string | undefined;
  /** X-Ray's, to find the request in the traces. */
  readonly traceId: string | undefined;
};

/** Collects the ids by which a request can be found in logs and traces. */
export function identifyRequest({ headers, lambda }: IncomingMessage): RequestIds {
  return {
    requestId: lambda?.context.awsRequestId ?? randomUUID(),
    clientRequestId: clientIdOf(headers['x-request-id']),
    gatewayRequestId: gatewayIdOf(lambda?.event),
    traceId: traceIdOf(process.env['_X_AMZN_TRACE_ID'] ?? headers['x-amzn-trace-id']),
  };
}

function clientIdOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.:=+/-]{1,128}$/.test(header) ? header : undefined;
}

function gatewayIdOf(event: unknown): string | undefined {
  // Every gateway puts it in this place.
  const { requestContext } = (event ?? {}) as { requestContext?: { requestId?: unknown } | null };
  return typeof requestContext?.requestId === 'string' ? requestContext.requestId : undefined;
}

/** @see https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceIdOf(header: string | readonly string[] | undefined): string | undefined {
  return /\bRoot=(1-[\da-f]{8}-[\da-f]{24})\b/.exec(String(header))?.[1];
}
