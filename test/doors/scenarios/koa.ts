import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { bodyParser } from '@koa/bodyparser';
import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';

import type { Listener } from '../gateways.ts';
import { echo } from '../echo.ts';
import { findScenario, traceOf } from '../mount.ts';
import type { Scenarios } from './scenario.ts';

type KoaScenario = (ctx: Context, trace: (text: string) => void) => unknown;

const broken = () => {
  const stream = new PassThrough();
  stream.write('first part');
  setTimeout(() => stream.destroy(new Error('the source failed')), 3);
  return stream;
};

/** Answers in Koa's own words. */
export const koaScenarios: Readonly<Record<string, KoaScenario>> = {
  'koa string': (ctx) => (ctx.body = 'héllo'),
  'koa html': (ctx) => (ctx.body = '<p>hi</p>'),
  'koa buffer': (ctx) => (ctx.body = Buffer.from([0, 255, 128])),
  'koa json': (ctx) => (ctx.body = { a: 1, b: ['é'] }),
  'koa array': (ctx) => (ctx.body = [1, 2]),
  'koa null': (ctx) => (ctx.body = null),
  'koa number': (ctx) => (ctx.body = 7),
  'koa nothing': () => undefined,
  'koa stream': (ctx) => (ctx.body = Readable.from(['a', 'b'])),
  'koa stream with type': (ctx) => {
    ctx.type = 'text/csv';
    ctx.body = Readable.from(['a,b\n', 'c,d\n']);
  },
  'koa web stream': (ctx) =>
    (ctx.body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from('web'));
        controller.close();
      },
    })),
  'koa blob': (ctx) => (ctx.body = new Blob(['blob'], { type: 'text/plain' })),
  'koa response': (ctx) => (ctx.body = new Response('fetched', { status: 201, headers: { 'x-from': 'response' } })),
  'koa gzip': (ctx) => {
    ctx.set('Content-Encoding', 'gzip');
    ctx.body = gzipSync('zipped');
  },
  'koa status 204': (ctx) => (ctx.status = 204),
  'koa status 304': (ctx) => (ctx.status = 304),
  'koa status only': (ctx) => (ctx.status = 202),
  'koa message': (ctx) => {
    ctx.status = 299;
    ctx.message = 'Odd';
  },
  'koa redirect': (ctx) => ctx.redirect('/elsewhere?a=é'),
  'koa attachment': (ctx) => {
    ctx.attachment('häßlich.pdf');
    ctx.body = 'x';
  },
  'koa etag fresh': (ctx) => {
    ctx.etag = 'tag';
    ctx.set('x-fresh', String(ctx.fresh));
    ctx.status = ctx.fresh ? 304 : 200;
    ctx.body = 'x';
  },
  'koa last modified': (ctx) => {
    ctx.lastModified = new Date(0);
    ctx.body = 'x';
  },
  'koa cookies': (ctx) => {
    ctx.cookies.set('one', '1');
    ctx.cookies.set('two', '2', {
      httpOnly: false,
      overwrite: true,
      expires: new Date(9e12),
    });
    ctx.body = ctx.cookies.get('sent') ?? 'none';
  },
  'koa secure cookie': (ctx) => {
    ctx.cookies.set('secure', '1', { secure: true });
    ctx.body = 'x';
  },
  'koa append': (ctx) => {
    ctx.append('Link', '<a>');
    ctx.append('Link', '<b>');
    ctx.vary('origin');
    ctx.vary('accept');
    ctx.body = 'x';
  },
  'koa throw 400': (ctx) => ctx.throw(400, 'bad', { headers: { 'x-reason': 'none' } }),
  'koa throw 500': (ctx) => ctx.throw(500),
  'koa error': () => {
    throw new Error('boom');
  },
  'koa rejected': async () => Promise.reject(new Error('boom')),
  'koa throws text': () => {
    throw 'not an error';
  },
  'koa enoent': () => {
    throw Object.assign(new Error('gone'), { code: 'ENOENT' });
  },
  'koa stream fails': (ctx) => (ctx.body = broken()),
  'koa stream fails at once': (ctx) => {
    const stream = new PassThrough();
    ctx.body = stream;
    setTimeout(() => stream.destroy(new Error('never began')), 3);
  },
  'koa raw response': (ctx) => {
    ctx.respond = false;
    ctx.res.setHeader('x-raw', '1');
    ctx.res.end('raw');
  },
  'koa raw response later': (ctx) => {
    ctx.respond = false;
    setTimeout(() => ctx.res.end('raw and late'), 3);
  },
  'koa writes itself': (ctx) => {
    ctx.res.write('written ');
    ctx.res.end('by hand');
    ctx.respond = false;
  },
  'koa flushHeaders': async (ctx) => {
    ctx.set('x-early', '1');
    ctx.flushHeaders();
    const stream = new PassThrough();
    ctx.body = stream;
    setTimeout(() => stream.end('data'), 3);
  },
  'koa finish': (ctx, trace) => {
    ctx.res.on('finish', () => trace(`finish ${ctx.status} ${ctx.length}`));
    ctx.res.on('close', () => trace('close'));
    ctx.body = 'x';
  },
  'koa address': (ctx) => {
    const { ip, ips, protocol, secure, host, hostname, origin, href, url, path, query, querystring, search } = ctx;
    ctx.body = { ip, ips, protocol, secure, host, hostname, origin, href, url, path, query, querystring, search };
  },
  'koa request': (ctx) => {
    const { method, writable, idempotent, length, type, charset, fresh, stale, headerSent } = { ...pickContext(ctx) };
    ctx.body = { method, writable, idempotent, length, type, charset, fresh, stale, headerSent };
  },
  'koa accepts': (ctx) =>
    (ctx.body = [ctx.accepts('json', 'html'), ctx.acceptsEncodings('gzip', 'identity'), ctx.is('json', 'text')]),
  'koa parsed body': (ctx) => (ctx.body = { parsed: ctx.request.body ?? null, raw: ctx.request.rawBody ?? null }),
  'koa types': (ctx) => {
    ctx.type = '.svg';
    ctx.body = '<svg/>';
  },
  'koa length': (ctx) => {
    ctx.length = 5;
    ctx.body = Readable.from(['12345']);
  },
};

function pickContext(ctx: Context) {
  const { writable, idempotent, length, type, charset } = ctx.request as typeof ctx.request & { writable: boolean };
  const { fresh, stale, headerSent } = ctx;
  return { method: ctx.method, writable, idempotent, length, type, charset, fresh, stale, headerSent };
}

/** A Koa app with a router and a body parser; raw scenarios run below it as well. */
export function createKoaListener(scenarios: Scenarios): Listener {
  const app = new Koa();
  app.silent = true;
  const router = new Router();
  router.get('/routed/:name', (ctx) => (ctx.body = { name: ctx.params['name'] }));
  router.post('/routed/:name', (ctx) => (ctx.body = { posted: ctx.params['name'] }));
  app.use(async (ctx, next) => {
    const raw = findScenario(scenarios, ctx.req.url);
    if (raw === undefined) return next();
    ctx.respond = false;
    return raw(ctx.req, ctx.res, traceOf(ctx.req));
  });
  app.use(
    bodyParser({
      jsonLimit: '1kb',
      formLimit: '1kb',
      enableTypes: ['json', 'form', 'text'],
      onError: (error, ctx) => ctx.throw(error),
    }),
  );
  app.use(router.routes()).use(router.allowedMethods());
  app.use(async (ctx) => {
    const scenario = koaScenarios[ctx.path.slice(1).replaceAll('-', ' ')];
    if (scenario !== undefined) return void (await scenario(ctx, traceOf(ctx.req)));
    ctx.respond = false;
    return echo(ctx.req, ctx.res, { ip: ctx.ip, protocol: ctx.protocol, host: ctx.host });
  });
  return app.callback();
}
