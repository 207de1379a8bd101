import { pipeline, Readable, Transform } from 'node:stream';
import { brotliCompressSync, createGzip, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';

import type { Scenarios } from './scenario.ts';

const allBytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
const json = JSON.stringify({ text: 'héllo € 😀', list: [1, 2, 3] });

function encoded(name: string, bytes: Buffer): Scenarios[string] {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': name }).end(bytes);
  };
}

/** Bodies of every kind, given in every way. */
export const bodies: Scenarios = {
  nothing: (_request, response) => response.end(),
  string: (_request, response) => response.end('hello'),
  'utf-8': (_request, response) => response.end('héllo € 😀'),
  latin1: (_request, response) => response.end('h\u00e9llo', 'latin1'),
  hex: (_request, response) => response.end('00ff80fe', 'hex'),
  base64: (_request, response) => response.end('AP+A/g==', 'base64'),
  utf16le: (_request, response) => response.end('héllo', 'utf16le'),
  buffer: (_request, response) => response.end(allBytes),
  uint8array: (_request, response) => response.end(new Uint8Array([0, 255, 128])),
  'empty string': (_request, response) => response.end(''),
  'empty buffer': (_request, response) => response.end(Buffer.alloc(0)),
  'byte order mark': (_request, response) => response.end('\ufeffhello'),
  'not utf-8': (_request, response) => response.setHeader('content-type', 'text/plain').end(Buffer.from([0x68, 0xe9, 0x6c])),
  'lone surrogate': (_request, response) => response.end('a\ud800b'),
  'nul bytes': (_request, response) => response.end('a\0b\0'),
  'control characters': (_request, response) =>
    response.end(Array.from({ length: 32 }, (_, at) => String.fromCharCode(at)).join('')),
  'line ends': (_request, response) => response.end('\r\n\r\na\r\nb\n\r'),
  'http in the body': (_request, response) => response.end('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500 No\r\n\r\nx'),
  json: (_request, response) => response.setHeader('content-type', 'application/json').end(json),
  gzip: encoded('gzip', gzipSync(json)),
  br: encoded('br', brotliCompressSync(json)),
  deflate: encoded('deflate', deflateSync(json)),
  zstd: encoded('zstd', zstdCompressSync(Buffer.from(json))),
  'large text': (_request, response) => response.end('x'.repeat(900_000)),
  'large bytes': (_request, response) => response.end(Buffer.alloc(600_000, 0xfe)),
  'write and end': (_request, response) => {
    response.write('one ');
    response.end('two');
  },
  'many writes': (_request, response) => {
    for (let at = 0; at < 50; at += 1) response.write(`${at}\r\n`);
    response.end();
  },
  'writes of every encoding': (_request, response) => {
    response.write('ff00', 'hex');
    response.write('h\u00e9', 'latin1');
    response.write('€', 'utf8');
    response.write('AP8=', 'base64');
    response.write(allBytes);
    response.write(new Uint8Array([1, 2]));
    response.end('é', 'utf16le');
  },
  'first write latin1': (_request, response) => {
    response.setHeader('x-latin', '\u00e9');
    response.write('\u00e9', 'latin1');
    response.end();
  },
  'write empty': (_request, response) => {
    response.write('');
    response.end();
  },
  'write with length': (_request, response) => {
    response.setHeader('content-length', 6);
    response.write('abc');
    response.write('def');
    response.end();
  },
  'chunked by hand': (_request, response) => {
    response.setHeader('Transfer-Encoding', 'chunked');
    response.write('a\r\nb');
    response.write(allBytes);
    response.end('5\r\nc\r\n0\r\n\r\n');
  },
  'chunked with end only': (_request, response) => response.setHeader('Transfer-Encoding', 'chunked').end('whole'),
  trailers: (_request, response) => {
    response.writeHead(200, { Trailer: 'x-sum', 'Transfer-Encoding': 'chunked' });
    response.write('body');
    response.addTrailers({ 'x-sum': '1' });
    response.end();
  },
  'no framing': (_request, response) => {
    response.removeHeader('transfer-encoding');
    response.removeHeader('content-length');
    response.write('until ');
    response.end('the end');
  },
  'reused buffer': (_request, response) => {
    const buffer = Buffer.from('first ');
    response.write(buffer, () => {
      buffer.write('second');
      response.end(buffer);
    });
  },
  'body with 204': (_request, response) => {
    response.statusCode = 204;
    response.write('ignored');
    response.end('ignored');
  },
  'body with 304': (_request, response) => response.writeHead(304, { etag: '"a"', 'content-length': 5 }).end('12345'),
  'length for HEAD': (_request, response) => response.setHeader('content-length', 100).end(),
  cork: (_request, response) => {
    response.cork();
    response.write('a');
    response.write('b');
    process.nextTick(() => {
      response.uncork();
      response.end('c');
    });
  },
  'late end': (_request, response) => {
    response.write('now ');
    setTimeout(() => response.end('later'), 5);
  },
  pipe: (_request, response) => Readable.from(['a', 'b\r\n', 'c']).pipe(response),
  'pipe of bytes': (_request, response) => Readable.from([allBytes, allBytes]).pipe(response),
  'pipe through gzip': (_request, response) => {
    response.setHeader('content-encoding', 'gzip');
    Readable.from(['x'.repeat(10_000)])
      .pipe(createGzip())
      .pipe(response);
  },
  'pipe with back-pressure': (_request, response) => {
    Readable.from(Array.from({ length: 9 }, () => Buffer.alloc(65_536, 0xfe))).pipe(response);
  },
  'wait for drain': (_request, response) => {
    if (response.write(Buffer.alloc(600_000, 1))) response.end('no need');
    else response.once('drain', () => response.end('drained'));
  },
  'write until full': (_request, response) => {
    for (let at = 0; at < 1000 && response.write('x'.repeat(10_000)); at += 1);
    response.once('drain', () => response.end());
  },
  transform: (_request, response) => {
    const upper = new Transform({
      transform: (chunk, _encoding, done) => done(null, String(chunk).toUpperCase()),
    });
    pipeline(Readable.from(['a', 'b']), upper, response, () => {});
  },
  'echo by pipe': (request, response) => request.pipe(response),
  'server-sent events': (request, response) => {
    request.socket.setTimeout(0);
    request.socket.setNoDelay(true);
    request.socket.setKeepAlive(true);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', connection: 'keep-alive' });
    response.flushHeaders();
    response.write('data: 1\n\n');
    setTimeout(() => response.end('data: 2\n\n'), 5);
  },
};
