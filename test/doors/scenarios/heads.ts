import type { Scenarios } from './scenario.ts';

/** Status and headers, in all the ways that node has to give them. */
export const heads: Scenarios = {
  ...Object.fromEntries(
    [200, 201, 202, 203, 204, 205, 206, 207, 300, 301, 304, 400, 401, 404, 418, 429, 500, 503, 599, 799].map((status) => [
      `status ${status}`,
      (_request, response) => {
        response.statusCode = status;
        response.end(`status ${status}`);
      },
    ]),
  ),
  'status with reason': (_request, response) => {
    response.statusMessage = 'Very Well';
    response.end('x');
  },
  'invalid status': (_request, response) => {
    response.end(attempt(() => response.writeHead(99)));
  },
  'writeHead status': (_request, response) => response.writeHead(202).end('x'),
  'writeHead object': (_request, response) => response.writeHead(202, { 'X-One': '1', 'x-two': '2' }).end('x'),
  'writeHead reason and object': (_request, response) => response.writeHead(202, 'Fine', { 'X-One': '1', 'x-two': '2' }).end('x'),
  'writeHead flat array': (_request, response) =>
    response.writeHead(202, ['X-One', '1', 'X-Two', '2', 'X-One', '3', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end('x'),
  'writeHead array of pairs': (_request, response) => {
    const pairs = [
      ['X-One', '1'],
      ['X-Two', '2'],
      ['x-one', '3'],
    ];
    return response.writeHead(202, pairs as never).end('x');
  },
  'writeHead lists': (_request, response) =>
    response.writeHead(202, { 'Set-Cookie': ['a=1', 'b=2'], Vary: ['a', 'b'], 'X-Number': 7 }).end('x'),
  'writeHead after setHeader': (_request, response) => {
    response.setHeader('X-One', 'set');
    response.setHeader('X-Kept', 'set');
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    response.writeHead(202, { 'x-one': 'written', 'X-Two': '2' }).end('x');
  },
  'writeHead array after setHeader': (_request, response) => {
    response.setHeader('X-One', 'set');
    response.setHeader('X-Kept', 'set');
    response.writeHead(202, ['x-one', 'written', 'X-One', 'again']).end('x');
  },
  'writeHead content-length': (_request, response) => response.writeHead(200, { 'Content-Length': 5 }).end('12345'),
  'writeHead twice': (_request, response) => {
    response.writeHead(202, { 'x-one': '1' });
    response.end(attempt(() => response.writeHead(203)));
  },
  'writeHead bad header': (_request, response) => {
    response.end(attempt(() => response.writeHead(200, { 'bad name': 'x' })));
  },
  'setHeader bad value': (_request, response) => {
    response.end(attempt(() => response.setHeader('x', 'a\nb')));
  },
  'setHeader after head': (_request, response) => {
    response.flushHeaders();
    response.end(attempt(() => response.setHeader('x-late', 'x')) + attempt(() => response.removeHeader('x-late')));
  },
  'setHeader chained': (_request, response) => response.setHeader('x-one', '1').setHeader('x-two', '2').end('x'),
  'setHeaders map': (_request, response) => {
    response.setHeaders(
      new Map<string, string | string[]>([
        ['x-one', '1'],
        ['set-cookie', ['a=1', 'b=2']],
      ]),
    );
    response.end('x');
  },
  appendHeader: (_request, response) => {
    response.setHeader('x-list', 'a');
    response.appendHeader('X-List', 'b').appendHeader('set-cookie', 'a=1').appendHeader('set-cookie', 'b=2');
    response.end('x');
  },
  'getHeader and friends': (_request, response) => {
    response.setHeader('X-One', ['1', '2']);
    response.removeHeader('x-none');
    const { headersSent } = response;
    const seen = [response.getHeader('x-one'), response.getHeaderNames(), response.getHeaders(), response.hasHeader('X-ONE')];
    response.end(JSON.stringify([...seen, headersSent]));
  },
  removeHeader: (_request, response) => {
    response.setHeader('x-one', '1');
    response.removeHeader('X-One');
    response.end('x');
  },
  'set-cookie list': (_request, response) => response.setHeader('Set-Cookie', ['a=1; Path=/', 'b=2', 'c="x, y"']).end('x'),
  'set-cookie single': (_request, response) =>
    response.setHeader('Set-Cookie', 'a=1; Expires=Tue, 24 Nov 2026 00:00:00 GMT').end('x'),
  'repeated headers': (_request, response) => {
    response.setHeader('Link', ['<a>; rel=next', '<b>; rel=prev']);
    response.setHeader('Vary', ['origin', 'accept']);
    response.end('x');
  },
  'www-authenticate': (_request, response) =>
    response.writeHead(401, { 'WWW-Authenticate': ['Basic realm="a"', 'Bearer'] }).end('x'),
  'empty header': (_request, response) => response.setHeader('x-empty', '').end('x'),
  'number header': (_request, response) => response.setHeader('x-number', 7).end('x'),
  'latin1 header with bytes': (_request, response) => response.setHeader('x-latin', 'caf\u00e9').end(Buffer.from('x')),
  'latin1 header with text': (_request, response) => response.setHeader('x-latin', 'caf\u00e9').end('x'),
  'content-disposition latin1': (_request, response) =>
    response.setHeader('content-disposition', 'attachment; filename="caf\u00e9.txt"').end('x'),
  'odd header names': (_request, response) => {
    response.setHeader('constructor', 'y').setHeader("x-!#$%&'*+.^_`|~", 'z').end('x');
  },
  'header with colon': (_request, response) => response.setHeader('x-time', '12:30: now ').end('x'),
  'connection close': (_request, response) => response.setHeader('Connection', 'close').end('x'),
  'own date': (_request, response) =>
    response.setHeader('X-Date', 'x').setHeader('Date', 'Tue, 21 Jul 2015 07:28:00 GMT').end('x'),
  'status changed after the head': (_request, response) => {
    response.writeHead(201);
    response.statusCode = 500;
    response.end('x');
  },
  'interim answers': (_request, response) => {
    response.writeContinue();
    response.writeProcessing();
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.setHeader('x-final', 'yes').end('x');
  },
  'interim answer with headers': (_request, response) => {
    response.writeEarlyHints({ link: ['<a>; rel=preload', '<b>; rel=preload'], 'x-hint': 'hint' });
    response.write('written ');
    response.end('later');
  },
  flushHeaders: (_request, response) => {
    response.setHeader('x-one', '1');
    response.flushHeaders();
    setImmediate(() => response.end('late'));
  },
  headersSent: (_request, response) => {
    const before = response.headersSent;
    response.write('x');
    response.end(`${before} ${response.headersSent}`);
  },
};

function attempt(act: () => unknown): string {
  try {
    act();
    return 'no error';
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
