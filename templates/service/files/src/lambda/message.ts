import type { OutgoingHttpHeaders } from 'node:http';

/** A request as it came over the wire, before a gateway made an event of it. */
export interface Request {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  readonly remoteAddress: string;
}

export interface Answer {
  readonly status: number;
  /** By the names that were sent, but for `set-cookie`. */
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Writes a request as HTTP/1.1. The gateway has read its body to the end, so it has a length and no chunks.
 * @throws TypeError for one that would read as more than one
 */
export function formatRequest({ method, target, headers, body }: Request): Buffer {
  const lines = [`${method} ${target} HTTP/1.1`];
  let hasLength = body.length > 0;
  for (const [name, values = []] of Object.entries(headers)) {
    if (/^(content-length|transfer-encoding)$/i.test(name)) hasLength = true;
    else for (const value of [values].flat()) lines.push(`${name}: ${toBytes(value)}`);
  }
  if (hasLength) lines.push(`content-length: ${body.length}`);
  if (lines.some((line) => /[\r\n]|[^\0-\xff]/.test(line))) throw new TypeError('A line is malformed.');
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** A header has a character for each byte; one above 255 shows that the gateway decoded UTF-8. */
function toBytes(value: string): string {
  return /[\u0100-\uffff]/.test(value) ? Buffer.from(value).toString('latin1') : value;
}

/** @returns what a client makes of these bytes; undefined if their end is missing */
export function parseAnswer(bytes: Buffer, method: string): Answer | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(statusLine.split(' ')[1]);
  const rest = bytes.subarray(headEnd + 4);
  // An interim answer, such as 103, stands before the one that counts.
  if (status < 200) return parseAnswer(rest, method);

  // Without a prototype, whose members have names that a header may have as well.
  const headers: Record<string, string[]> = Object.create(null);
  const framing = new Map<string, string>();
  for (const line of lines) {
    const [name = ''] = line.split(':', 1);
    const value = line.slice(name.length + 1).trim();
    framing.set(name.toLowerCase(), value);
    // What is about the connection ends at the gateway.
    if (/^(connection|keep-alive|trailer|transfer-encoding|upgrade)$/i.test(name)) continue;
    (headers[name.replace(/^set-cookie$/i, 'set-cookie')] ??= []).push(value);
  }
  if (method === 'HEAD' || status === 204 || status === 304) return { status, headers, body: Buffer.of() };
  const body = framing.get('transfer-encoding') === 'chunked' ? joinChunks(rest) : rest;
  const length = Number(framing.get('content-length') ?? body?.length);
  return body && body.length >= length ? { status, headers, body: body.subarray(0, length) } : undefined;
}

/** A chunk is its size in hexadecimal, a line end, as many bytes and a line end; the last one has the size 0. */
function joinChunks(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const start = bytes.indexOf('\r\n', at) + 2;
    const size = Number.parseInt(bytes.toString('latin1', at, start), 16);
    if (size === 0) return Buffer.concat(chunks);
    if (!(start + size <= bytes.length)) return undefined;
    chunks.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}
