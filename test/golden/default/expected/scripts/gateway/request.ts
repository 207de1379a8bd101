import type { IncomingMessage } from 'node:http';

/** A header or a query parameter, as it came. */
export type Pair = readonly [name: string, value: string];

/** A request as a front end has it before it calls the function. */
export interface ClientRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Pair[];
  readonly body: Buffer;
  readonly address: string;
}

/** They end at the front end. */
const connectionHeaders = new Set([
  'connection',
  'expect',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Reads a request to its end: no function is called before that. */
export async function readRequest(message: IncomingMessage): Promise<ClientRequest> {
  const body = Buffer.concat(await message.toArray());
  const address = message.socket.remoteAddress ?? '';
  const headers = listPairs(message.rawHeaders).filter(
    ([name]) => !connectionHeaders.has(name.toLowerCase()),
  );
  const isChunked = message.headers['transfer-encoding'] !== undefined;
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    headers: [...headers, ...(isChunked ? [['Content-Length', String(body.length)] as const] : [])],
    body,
    address,
  };
}

function listPairs(raw: readonly string[]): Pair[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}
