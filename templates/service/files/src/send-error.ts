import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from 'node:http';

import { type HttpError, statusOf, toError } from './http-error.ts';

const kept = new WeakMap<ServerResponse, OutgoingHttpHeaders>();

/** Remembers the headers that stand before a route runs; an error's answer has these and none of the route's. */
export function keepHeaders(response: ServerResponse): void {
  kept.set(response, response.getHeaders());
}

/**
 * @returns the answer to a failure, as JSON. Errors of libraries count by their `status` and `expose`, as the
 *   http-errors package sets them; anything else is a 500 that says nothing of its cause.
 */
export function formatError(error: Error, stacks: 'shown' | 'hidden', response?: ServerResponse) {
  // Only what an error means for the client: others may carry an upstream's headers, or details of ours.
  const { expose = false, headers, details }: Partial<HttpError> = error;
  const status = statusOf(error);
  const shown = stacks === 'shown' && status >= 500;
  const message = shown || expose ? error.message : (STATUS_CODES[status] ?? 'Error');
  const stack = shown ? error.stack : undefined;
  const body = Buffer.from(
    JSON.stringify({ error: { status, message, details: expose ? details : undefined, stack } }),
  );
  const own = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };
  const before = response && kept.get(response);
  return { status, headers: { ...before, ...(expose ? headers : {}), ...own } as OutgoingHttpHeaders, body };
}

/** Answers a failure. Every failure is answered here, whichever part noticed it. */
export function sendError(response: ServerResponse, error: Error, stacks: 'shown' | 'hidden'): void {
  // Half an answer is out: a cut connection is the only way left to tell the client that the rest is missing.
  if (response.headersSent || response.destroyed) {
    response.destroy(error);
    return;
  }
  try {
    send(response, formatError(error, stacks, response));
  } catch (fault) {
    // The headers or the details that came with the error cannot be sent.
    response.req.log.error(toError(fault).message, { error: fault });
    send(response, formatError(toError(fault), stacks, response));
  }
}

function send(response: ServerResponse, { status, headers, body }: ReturnType<typeof formatError>): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  response.writeHead(status, STATUS_CODES[status], headers).end(body);
}
