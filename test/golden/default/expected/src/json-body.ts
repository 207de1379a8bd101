import type { IncomingMessage } from 'node:http';
import { PassThrough, type Transform } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { HttpError, toError } from './http-error.ts';

const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const otherCharset = /;\s*charset=(?!"?utf-8"?\s*(?:;|$))/i;

const decoders = new Map<string, () => Transform>([
  ['identity', () => new PassThrough()],
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Reads a JSON body. A route calls it, so that an unknown path or method is answered without reading anything.
 * @param limit - in bytes, after decompression
 * @returns `undefined` when there is no body
 * @throws {@link HttpError} 400 when it is broken, 413 when it is too large, 415 when it is something else
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  // Neither would ever come to an end again.
  if (request.readableEnded) throw new Error('The body has been read before.');
  if (request.readableAborted) throw new HttpError(400, 'The body ended early.');
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  const decoder = decoders.get(encoding.toLowerCase())?.();
  if (decoder === undefined) throw new HttpError(415, `The encoding ${encoding} is not known.`);
  try {
    const bytes = await readBytes(request, decoder, limit);
    if (bytes.length === 0) return undefined;
    if (!jsonType.test(type) || otherCharset.test(type))
      throw new HttpError(415, 'The body must be sent as application/json in UTF-8.');
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    throw new HttpError(400, `The body is not readable: ${toError(cause).message}`, { cause });
  }
}

async function readBytes(request: IncomingMessage, decoder: Transform, limit: number): Promise<Buffer> {
  request.on('error', (error) => decoder.destroy(error)).pipe(decoder);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new HttpError(413, `The body is larger than ${limit} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    // Unread bytes would block the connection for the next request.
    request.unpipe(decoder).resume();
  }
}
