import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { reasonOf, toError, toErrorAnswer } from './http-error.ts';

const kept = new WeakMap<ServerResponse, OutgoingHttpHeaders>();

/** Remembers the headers that stand before a route runs; an error's answer has these and none of the route's. */
export function keepHeaders(response: ServerResponse): void {
  kept.set(response, response.getHeaders());
}

/** @returns the answer to a failure, as JSON, with the headers that the response had before its route ran */
export function formatError(error: Error, stacks: 'shown' | 'hidden', response?: ServerResponse) {
  const { status, headers, body } = toErrorAnswer(error, stacks);
  const bytes = Buffer.from(JSON.stringify(body));
  const own = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
  const before = response && kept.get(response);
  return { status, headers: { ...before, ...headers, ...own } as OutgoingHttpHeaders, body: bytes };
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
  for (const name of response.getHeaderNames()) if (!(name in headers)) response.removeHeader(name);
  for (const [name, value = ''] of Object.entries(headers)) {
    if (response.getHeader(name) !== value) response.setHeader(name, value);
  }
  response.statusCode = status;
  response.statusMessage = reasonOf(status);
  response.end(body);
}
