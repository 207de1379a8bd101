import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { createEvent } from './event.ts';
import type { FrontEnd } from './front-end.ts';
import { type Handler, InvocationError, invoke } from './invocation.ts';
import { formatError, formatReply, type Reply } from './reply.ts';
import { type ClientRequest, readRequest } from './request.ts';

export interface GatewayOptions {
  readonly frontEnd: FrontEnd;
  /** Any but `$default` stands in the path that the function is given. */
  readonly stage?: string;
  /** Is given a line for each request that was answered. */
  readonly log?: (line: string) => void;
}

/** @returns a server that answers by calling a Lambda handler, as a gateway does */
export function createGateway(handler: Handler, options: GatewayOptions): Server {
  return createServer((message, response) => void serve(handler, { message, response }, options));
}

async function serve(
  handler: Handler,
  { message, response }: { message: IncomingMessage; response: ServerResponse },
  options: GatewayOptions,
): Promise<void> {
  const start = performance.now();
  const reply = await answer(handler, message, options);
  sendReply(response, reply);
  const time = `${(performance.now() - start).toFixed(1)} ms`;
  options.log?.(`${options.frontEnd.kind} ${message.method} ${message.url} ${reply.status} ${time}`);
}

async function answer(handler: Handler, message: IncomingMessage, options: GatewayOptions): Promise<Reply> {
  const { frontEnd, stage = '$default' } = options;
  try {
    const request = await readRequest(message);
    const event = createEvent(frontEnd.kind, request, { domainName: frontEnd.domainName, stage });
    return (
      refuse(request, frontEnd) ??
      formatReply(frontEnd.kind, await invoke(handler, event, frontEnd.timeoutMs))
    );
  } catch (error) {
    if (error instanceof URIError) return formatError(400, 'Bad Request');
    console.error(error);
    if (!(error instanceof InvocationError) || error.reason === 'result-too-large')
      return formatReply(frontEnd.kind, null);
    return error.reason === 'timeout'
      ? formatError(504, 'Gateway Timeout')
      : formatError(413, 'Request Too Long');
  }
}

/** What a gateway refuses before it calls the function. */
function refuse(
  { headers, body }: ClientRequest,
  { maxBodyBytes, maxHeaderBytes }: FrontEnd,
): Reply | undefined {
  const headerBytes = headers.reduce((sum, [name, value]) => sum + `${name}: ${value}\r\n`.length, 0);
  if (headerBytes > maxHeaderBytes) return formatError(431, 'Request Header Fields Too Large');
  return body.length > maxBodyBytes ? formatError(413, 'Request Entity Too Large') : undefined;
}

/** The length of an answer to HEAD is the one that the app gave, since there is no body to measure. */
function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  const hasBody = response.req.method !== 'HEAD' && status !== 204 && status !== 304;
  const others = headers.filter(([name]) => !hasBody || name.toLowerCase() !== 'content-length');
  const length = hasBody ? [['Content-Length', String(body.length)] as const] : [];
  response.writeHead(status, [...others, ...length].flat());
  response.end(hasBody ? body : undefined);
}
