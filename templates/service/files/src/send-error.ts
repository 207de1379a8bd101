import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { type ErrorAnswer, reasonOf, toError, toErrorAnswer } from './http-error.ts';

const kept = new WeakMap<ServerResponse, OutgoingHttpHeaders>();

/** Remembers the headers that stand before a route runs; an error's answer has these and none of the route's. */
export function keepHeaders(response: ServerResponse): void {
  kept.set(response, response.getHeaders());
}

/** Answers a failure as JSON. Every failure is answered here, whichever part noticed it. */
export function sendError(response: ServerResponse, error: Error, stacks: 'shown' | 'hidden'): void {
  // Half an answer is out: a cut connection is the only way left to tell the client that the rest is missing.
  if (response.headersSent || response.destroyed) {
    response.destroy(error);
    return;
  }
  try {
    send(response, toErrorAnswer(error, stacks));
  } catch (fault) {
    // The headers or the details that came with the error cannot be sent.
    response.req.log.error(toError(fault).message, { error: fault });
    send(response, toErrorAnswer(toError(fault), stacks));
  }
}

function send(response: ServerResponse, { status, headers, body }: ErrorAnswer): void {
  const bytes = Buffer.from(JSON.stringify(body));
  // What the route said about its own body, such as an encoding or a lifetime, is untrue of the error's.
  const before = kept.get(response) ?? {};
  for (const name of response.getHeaderNames()) if (!(name in before)) response.removeHeader(name);
  for (const [name, value = ''] of Object.entries(before)) {
    if (response.getHeader(name) !== value) response.setHeader(name, value);
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', bytes.length);
  response.statusCode = status;
  response.statusMessage = reasonOf(status);
  response.end(bytes);
}
