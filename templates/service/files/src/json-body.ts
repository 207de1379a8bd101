import type { IncomingMessage } from 'node:http';
import { promisify, TextDecoder } from 'node:util';
import { brotliDecompress, unzip } from 'node:zlib';

import { HttpError, toError } from './http-error.ts';

const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const otherCharset = /;\s*charset=(?!"?utf-8"?\s*(?:;|$))/i;

const decompressors = new Map([
  ['gzip', promisify(unzip)],
  ['deflate', promisify(unzip)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Reads a JSON body. A route calls it, so that an unknown path or method is answered without reading anything.
 * @param limit - in bytes, after decompression
 * @returns `undefined` when there is no body
 * @throws {@link HttpError} 400 when it is broken, 413 when it is too large, 415 when it is something else
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  // Its end would never come again.
  if (request.readableEnded) throw new Error('The body has been read before.');
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  try {
    const sent = await readBytes(request, limit);
    if (sent.length === 0) return undefined;
    if (!jsonType.test(type) || otherCharset.test(type))
      throw new HttpError(415, 'The body must be sent as application/json in UTF-8.');
    const bytes = await decompress(sent, encoding.toLowerCase(), limit);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw toBodyError(toError(thrown), limit);
  }
}

/** Reads on after the limit, without keeping anything: unread bytes would block the connection for the next request. */
function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge(limit));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

async function decompress(bytes: Buffer, encoding: string, limit: number): Promise<Buffer> {
  if (encoding === 'identity') return bytes;
  const decompressor = decompressors.get(encoding);
  if (decompressor === undefined) throw new HttpError(415, `The encoding ${encoding} is not known.`);
  return decompressor(bytes, { maxOutputLength: limit });
}

function tooLarge(limit: number): HttpError {
  return new HttpError(413, `The body is larger than ${limit} bytes.`);
}

function toBodyError(cause: NodeJS.ErrnoException, limit: number): HttpError {
  if (cause instanceof HttpError) return cause;
  if (cause.code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limit);
  return new HttpError(400, `The body is not readable: ${cause.message}`, { cause });
}
