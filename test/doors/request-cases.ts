import { gzipSync } from 'node:zlib';

import type { Sent } from './client.ts';

type Headers = Sent['headers'];

/** A request with a name; the echo listener answers with all it can see of it. */
export interface RequestCase extends Sent {
  readonly name: string;
}

const host: Headers = [['Host', 'api.example.com']];

function get(name: string, target: string, headers: Headers = []): RequestCase {
  return { name, method: 'GET', target, headers: [...host, ...headers], body: Buffer.alloc(0), chunked: false };
}

function post(name: string, body: string | Buffer, headers: Headers = []): RequestCase {
  return { name, method: 'POST', target: '/echo', headers: [...host, ...headers], body: Buffer.from(body), chunked: false };
}

function type(value: string): Headers {
  return [['Content-Type', value]];
}

const methods: RequestCase[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY'].map(
  (method) => ({
    ...get(`method ${method}`, '/echo'),
    method,
  }),
);

const paths: RequestCase[] = [
  '/',
  '/echo/plain',
  '/echo/trailing/',
  '/echo//double//slashes',
  '/echo/./dot/../segments',
  '/echo/a+b',
  '/echo/space%20in%20it',
  '/echo/%7Etilde~',
  '/echo/lower%2fslash',
  '/echo/upper%2Fslash',
  '/echo/question%3Fmark',
  '/echo/hash%23sign',
  '/echo/percent%25sign',
  '/echo/double%2520encoded',
  '/echo/double%252Fslash',
  "/echo/reserved;:@&=+$,!*()'",
  '/echo/encoded%3B%3A%40%26%3D%2B%24%2C',
  '/echo/%E2%82%AC-euro',
  '/echo/%F0%9F%98%80-emoji',
  '/echo/caf%C3%A9',
  '/echo/%5B%5D%7B%7D%7C%5C%5E%60%22%3C%3E',
  '/echo/[brackets]',
  '/echo/%00nul',
  '/echo/%0D%0Aline-end',
  '/echo/dev/stage-like',
  '/echo/a%2Bb',
  `/echo/${'long/'.repeat(200)}`,
].map((target) => get(`path ${target.slice(0, 60)}`, target));

const queries: RequestCase[] = [
  '?a=1',
  '?a=1&b=2',
  '?b=2&a=1',
  '?a=1&a=2',
  '?a=2&a=1&a=2',
  '?a=1&b=2&a=3',
  '?a',
  '?a=',
  '?=a',
  '?a&b',
  '?a=1&&b=2',
  '?a==1',
  '?a=b=c',
  '?a=1+2',
  '?a=1%2B2',
  '?a=1%202',
  '?a=%26%3D%23',
  '?a%26b=c%3Dd',
  '?a[]=1&a[]=2',
  '?a%5B%5D=1',
  '?a[b]=c',
  '?a=%E2%82%AC',
  '?%E2%82%AC=1',
  '?a=%F0%9F%98%80',
  '?a=%',
  '?a=%zz',
  '?a=%E2',
  '?a=%25',
  '?a=%2525',
  '?at=12:30:00,x/y?z@!$*()',
  "?q='single'",
  '?a=1;b=2',
  '?__proto__=x&constructor=y',
  '?a=http://example.com/?b=c%26d',
  '??a=1',
  '?A=1&a=2',
  `?long=${'x'.repeat(2000)}`,
].map((query) => get(`query ${query.slice(0, 60)}`, `/echo${query}`));

const headers: RequestCase[] = [
  get('header case', '/echo', [['X-MiXed-CaSe', 'v']]),
  get('repeated header', '/echo', [
    ['X-Twice', 'one'],
    ['X-Twice', 'two'],
  ]),
  get('repeated header, other case', '/echo', [
    ['X-Twice', 'one'],
    ['x-twice', 'two'],
  ]),
  get('header with comma', '/echo', [['X-List', 'a, b']]),
  get('repeated accept', '/echo', [
    ['Accept', 'text/html'],
    ['Accept', 'application/json;q=0.5'],
  ]),
  get('repeated user-agent', '/echo', [
    ['User-Agent', 'one'],
    ['User-Agent', 'two'],
  ]),
  get('repeated authorization', '/echo', [
    ['Authorization', 'Basic one'],
    ['Authorization', 'Basic two'],
  ]),
  get('empty header', '/echo', [['X-Empty', '']]),
  get('latin1 header', '/echo', [['X-Latin', 'caf\u00e9 \u00ff']]),
  get('utf-8 header', '/echo', [['X-Utf', Buffer.from('€ 😀').toString('latin1')]]),
  get('tab in header', '/echo', [['X-Tab', 'a\tb']]),
  get('long header', '/echo', [['X-Long', 'v'.repeat(6000)]]),
  get(
    'many headers',
    '/echo',
    Array.from({ length: 80 }, (_, at) => [`X-Many-${at}`, `${at}`] as const),
  ),
  get('one cookie', '/echo', [['Cookie', 'a=1']]),
  get('cookies', '/echo', [['Cookie', 'a=1; b=2; c=x=y']]),
  get('cookie lines', '/echo', [
    ['Cookie', 'a=1'],
    ['Cookie', 'b=2'],
  ]),
  get('cookie with quotes', '/echo', [['Cookie', 'a="1 2"; b=%20']]),
  get('conditional', '/echo', [
    ['If-None-Match', 'W/"a", "b"'],
    ['If-Modified-Since', 'Tue, 24 Nov 2026 00:00:00 GMT'],
  ]),
  get('range', '/echo', [['Range', 'bytes=0-9']]),
  get('own request id', '/echo', [['X-Request-Id', 'mine']]),
  get('forged address', '/echo', [
    ['X-Forwarded-For', '6.6.6.6'],
    ['X-Real-Ip', '6.6.6.6'],
  ]),
  get('forged protocol', '/echo', [
    ['X-Forwarded-Proto', 'http'],
    ['X-Forwarded-Host', 'evil.example'],
  ]),
  get('host with port', '/echo', [['X-Other', 'v']]),
  get('content-type without body', '/echo', type('application/json')),
  get('odd names', '/echo', [
    ['__proto__', 'x'],
    ['constructor', 'y'],
    ["x-!#$%&'*+.^_`|~", 'z'],
  ]),
];

const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
const form = 'multipart/form-data; boundary=b';

const bodies: RequestCase[] = [
  post('no body', ''),
  post('text', 'hello', type('text/plain')),
  post('utf-8 text', 'héllo € 😀', type('text/plain; charset=utf-8')),
  post('text with BOM', '\ufeffhello', type('text/plain')),
  post('json', '{"a":[1,2,{"b":null}]}', type('application/json')),
  post('json with charset', '{"a":"é"}', type('application/json; charset=utf-8')),
  post('vendor json', '{"a":1}', type('application/vnd.api+json')),
  post('broken json', '{"a":', type('application/json')),
  post('form', 'a=1&b=x+y&c=%26&a=2', type('application/x-www-form-urlencoded')),
  post(
    'multipart',
    Buffer.concat([
      Buffer.from('--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n'),
      bytes,
      Buffer.from('\r\n--b--\r\n'),
    ]),
    type(form),
  ),
  post('binary', bytes, type('application/octet-stream')),
  post('binary without type', bytes),
  post('json without type', '{"a":1}'),
  post(
    'gzip',
    gzipSync('{"a":1}'),
    [...type('application/json'), ['Content-Encoding', 'gzip']].map((pair) => pair as [string, string]),
  ),
  post('xml', '<a b="c"/>', type('application/xml')),
  post('line ends', 'a\r\nb\r\n\r\nc\n', type('text/plain')),
  post('nul bytes', 'a\0b', type('text/plain')),
  post('large text', 'x'.repeat(300_000), type('text/plain')),
  post('large binary', Buffer.alloc(300_000, 0xfe), type('application/octet-stream')),
  { ...post('chunked', 'hello in chunks', type('text/plain')), chunked: true },
  { ...post('chunked binary', bytes, type('application/octet-stream')), chunked: true },
  { ...post('body with GET', '{"a":1}', type('application/json')), method: 'GET' },
  { ...post('body with DELETE', '{"a":1}', type('application/json')), method: 'DELETE' },
  { ...post('explicit empty body', '', [['Content-Length', '0']]) },
];

export const requestCases: readonly RequestCase[] = [...methods, ...paths, ...queries, ...headers, ...bodies];
