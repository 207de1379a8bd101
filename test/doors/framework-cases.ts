import { gzipSync } from 'node:zlib';

import type { Sent } from './client.ts';
import type { MatrixCase } from './matrix.ts';

/** Requests whose answer depends on what the framework makes of them. */
export function frameworkCases(framework: 'koa' | 'express'): readonly MatrixCase[] {
  const parsed = `/${framework}-parsed-body`;
  return [
    ask('routed', 'GET /routed/plain'),
    ask('routed with an encoded name', 'GET /routed/a%20b%C3%A9%2B'),
    ask('routed with a dot', 'GET /routed/v1.2'),
    ask('routed with a broken name', 'GET /routed/%E0%A4%A'),
    ask('routed HEAD', 'HEAD /routed/plain'),
    ask('routed OPTIONS', 'OPTIONS /routed/plain'),
    ask('routed wrong method', 'DELETE /routed/plain'),
    ask('routed unknown method', 'PROPFIND /routed/plain'),
    ask('mounted', 'GET /mounted/inner?a=1'),
    ask('no such route', 'GET /routed'),
    ask('forged', `GET /${framework}-${framework === 'koa' ? 'address' : 'request'}`, {
      headers: [
        ['X-Forwarded-For', '6.6.6.6'],
        ['X-Forwarded-Proto', 'ftp'],
        ['X-Forwarded-Host', 'evil.example'],
      ],
    }),
    ask('address', `GET /${framework}-${framework === 'koa' ? 'address' : 'request'}?a=1&b=c%20d`),
    ask('fresh', `GET /${framework === 'koa' ? 'koa-etag-fresh' : 'express-fresh'}`, { headers: [['If-None-Match', '"tag"']] }),
    ask('accepts', `GET /${framework}-accepts`, {
      headers: [
        ['Accept', 'text/html'],
        ['Accept-Encoding', 'gzip, br'],
      ],
    }),
    ask('cookies sent', `GET /${framework}-cookies`, { headers: [['Cookie', 'sent=yes; other=no']] }),
    ask('parsed json', `POST ${parsed}`, body('application/json', '{"a":[1,"é"]}')),
    ask('parsed json with charset', `POST ${parsed}`, body('application/json; charset=utf-8', '{"a":"é"}')),
    ask('parsed broken json', `POST ${parsed}`, body('application/json', '{"a":')),
    ask('parsed empty json', `POST ${parsed}`, body('application/json', '')),
    ask('parsed large json', `POST ${parsed}`, body('application/json', JSON.stringify({ a: 'x'.repeat(3000) }))),
    ask('parsed chunked json', `POST ${parsed}`, { ...body('application/json', '{"a":1}'), chunked: true }),
    ask('parsed large chunked json', `POST ${parsed}`, {
      ...body('application/json', JSON.stringify({ a: 'x'.repeat(3000) })),
      chunked: true,
    }),
    ask('parsed gzip json', `POST ${parsed}`, gzipped('application/json', '{"a":1}')),
    ask('parsed gzip bomb', `POST ${parsed}`, gzipped('application/json', JSON.stringify({ a: 'x'.repeat(100_000) }))),
    ask('parsed form', `POST ${parsed}`, body('application/x-www-form-urlencoded', 'a=1&b=x+y&c[d]=%26')),
    ask('parsed text', `POST ${parsed}`, body('text/plain', 'héllo')),
    ask('parsed unknown type', `POST ${parsed}`, body('application/unknown', 'x')),
    ask('parsed unknown charset', `POST ${parsed}`, body('application/json; charset=nonsense', '{"a":1}')),
    ask('parsed unknown encoding', `POST ${parsed}`, {
      ...body('application/json', '{"a":1}'),
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Encoding', 'nonsense'],
      ],
    }),
    ask('parsed binary', `POST ${parsed}`, body('application/octet-stream', Buffer.from([0, 255, 128]))),
    ask('parsed GET', `GET ${parsed}`, body('application/json', '{"a":1}')),
    ask('range', 'GET /express-sendFile', { headers: [['Range', 'bytes=2-9']] }),
    ask('impossible range', 'GET /express-sendFile', { headers: [['Range', 'bytes=99999-']] }),
    ask('range asked', 'GET /express-range', { headers: [['Range', 'bytes=0-5,7-9']] }),
  ];
}

function ask(name: string, line: string, more: Partial<Sent> = {}): MatrixCase {
  const [method = '', target = ''] = line.split(' ');
  const headers = [['Host', 'api.example.com'] as const, ...(more.headers ?? [])];
  return { name, method, target, body: Buffer.alloc(0), chunked: false, ...more, headers };
}

function body(type: string, content: string | Buffer): Partial<Sent> {
  return { headers: [['Content-Type', type]], body: Buffer.from(content) };
}

function gzipped(type: string, content: string): Partial<Sent> {
  return {
    headers: [
      ['Content-Type', type],
      ['Content-Encoding', 'gzip'],
    ],
    body: gzipSync(content),
  };
}
