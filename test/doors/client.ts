import { Agent, request as send } from 'node:http';

/** What a client sends, to either door. */
export interface Sent {
  readonly method: string;
  /** Path and query, exactly as they go over the wire. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Sends the body in chunks, without a content-length. */
  readonly chunked: boolean;
}

/** What a client gets, from either door. */
export interface Got {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The connection was closed in the midst of the answer, or before it. */
export const cutOff: Got = { status: 0, headers: [], body: Buffer.from('cut off') };

/** The client gave up waiting. */
export const noAnswer: Got = { status: 0, headers: [], body: Buffer.from('no answer') };

/** The content-length that clients send: with every body, and with an empty one where a body is usual. */
export function listLength({ method, headers, body, chunked }: Sent): Sent['headers'] {
  const isGiven = headers.some(([name]) => name.toLowerCase() === 'content-length');
  const isUsual = body.length > 0 || chunked || ['POST', 'PUT', 'PATCH'].includes(method);
  return isUsual && !isGiven ? [['Content-Length', String(body.length)]] : [];
}

/** Sends a request over a real connection and takes the whole answer. */
export function sendTo(port: number, agent: Agent, sent: Sent): Promise<Got> {
  const { method, target, headers, body } = sent;
  return new Promise((resolve) => {
    const framing = sent.chunked ? [['Transfer-Encoding', 'chunked'] as const] : listLength(sent);
    const all = [...headers, ...framing].flat();
    const message = send({ port, host: '127.0.0.1', agent, method, path: target, headers: all, setHost: false });
    message.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(cutOff));
      response.on('end', () => {
        const pairs = response.rawHeaders.flatMap((name, at, raw) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
        resolve({ status: response.statusCode ?? 0, headers: pairs, body: Buffer.concat(chunks) });
      });
    });
    message.on('error', () => resolve(cutOff));
    message.setTimeout(1000, () => resolve(noAnswer));
    message.end(body.length > 0 ? body : undefined);
  });
}
