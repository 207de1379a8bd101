import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type RequestIds = {
  /** What the log lines and the answer call the request. */
  readonly requestId: string;
  /** API Gateway's, to find the request in the access log. */
  readonly gatewayRequestId: string | undefined;
  /** Lambda's, to find it in the `platform` lines of the function's log. */
  readonly lambdaRequestId: string | undefined;
};

/**
 * Names a request: by the client's own `X-Request-Id` if that is harmless to log, else by the id that AWS gave it, else
 * by a random one.
 */
export function identifyRequest({ headers, lambda }: IncomingMessage): RequestIds {
  const gatewayRequestId = gatewayIdOf(lambda?.event);
  const lambdaRequestId = lambda?.context.awsRequestId;
  const requestId = clientIdOf(headers) ?? gatewayRequestId ?? lambdaRequestId ?? randomUUID();
  return { requestId, gatewayRequestId, lambdaRequestId };
}

function clientIdOf(headers: IncomingMessage['headers']): string | undefined {
  const id = headers['x-request-id'];
  return typeof id === 'string' && /^[\w.:=+/-]{1,128}$/.test(id) ? id : undefined;
}

function gatewayIdOf(event: unknown): string | undefined {
  // Every front end that names requests does it in this place; an ALB's event has no such id.
  const { requestContext } = (event ?? {}) as { requestContext?: { requestId?: unknown } | null };
  return typeof requestContext?.requestId === 'string' ? requestContext.requestId : undefined;
}
