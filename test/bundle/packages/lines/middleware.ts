import type { Line } from '../line.ts';

const form = { 'content-type': 'multipart/form-data; boundary=x' };
const upload =
  '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nHello\r\n--x--\r\n';

/** Uploads, sessions, static files and what else stands in front of routes; the HTTP side of websockets. */
export const middleware: readonly Line[] = [
  {
    name: '@koa/bodyparser reads a form in Latin-1',
    packages: ['@koa/bodyparser'],
    code: `
      import { bodyParser } from '@koa/bodyparser';
      import { Router } from '@koa/router';
      export function route() {
        const router = new Router();
        router.post('/trial', bodyParser({ enableTypes: ['form', 'text'], encoding: 'latin1' }), (ctx) => { ctx.body = { body: ctx.request.body }; });
        return router;
      }`,
    request: { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&b=x+y' },
    answer: { body: { a: '1', b: 'x y' } },
  },
  {
    name: 'busboy reads an upload',
    packages: ['busboy'],
    code: `
      import { Router } from '@koa/router';
      import busboy from 'busboy';
      export function route() {
        const router = new Router();
        router.post('/trial', async (ctx) => {
          ctx.body = await new Promise((resolve) => {
            const parser = busboy({ headers: ctx.req.headers });
            parser.on('file', (field, stream, { filename, mimeType }) => stream.on('data', (bytes) => resolve({ field, filename, mimeType, text: String(bytes) })));
            ctx.req.pipe(parser);
          });
        });
        return router;
      }`,
    request: { method: 'POST', headers: form, body: upload },
    answer: { field: 'file', filename: 'a.txt', mimeType: 'text/plain', text: 'Hello' },
  },
  {
    name: 'multer keeps an upload in memory',
    packages: ['multer'],
    framework: 'express',
    code: `
      import { Router } from 'express';
      import multer from 'multer';
      export const route = () => Router().post('/trial', multer().single('file'), (req, res) => { res.json({ name: req.file.originalname, text: String(req.file.buffer) }); });`,
    request: { method: 'POST', headers: form, body: upload },
    answer: { name: 'a.txt', text: 'Hello' },
  },
  {
    name: '@koa/multer keeps an upload in memory',
    packages: ['@koa/multer', 'multer'],
    code: `
      import multer from '@koa/multer';
      import { Router } from '@koa/router';
      export function route() {
        const router = new Router();
        router.post('/trial', multer().single('file'), (ctx) => { ctx.body = { name: ctx.file.originalname, text: String(ctx.file.buffer) }; });
        return router;
      }`,
    request: { method: 'POST', headers: form, body: upload },
    answer: { name: 'a.txt', text: 'Hello' },
  },
  {
    name: 'formidable writes an upload to a file',
    packages: ['formidable'],
    code: `
      import { readFileSync } from 'node:fs';
      import { Router } from '@koa/router';
      import formidable from 'formidable';
      export function route() {
        const router = new Router();
        router.post('/trial', async (ctx) => {
          const [, { file: [{ originalFilename, filepath }] }] = await formidable().parse(ctx.req);
          ctx.body = { name: originalFilename, text: readFileSync(filepath, 'utf8') };
        });
        return router;
      }`,
    request: { method: 'POST', headers: form, body: upload },
    answer: { name: 'a.txt', text: 'Hello' },
  },
  {
    name: 'koa-session with a store counts',
    packages: ['koa-session'],
    slots: {
      'app-imports': `import session from 'koa-session';\nconst stored = new Map();\n`,
      'app-middleware': `  app.keys = ['secret'];
  app.use(session({ store: { get: (key) => stored.get(key), set: (key, value) => { stored.set(key, value); }, destroy: (key) => { stored.delete(key); } } }, app));\n`,
    },
    code: `
      import { Router } from '@koa/router';
      export function route() {
        const router = new Router();
        router.get('/trial', (ctx) => { ctx.session.count = (ctx.session.count ?? 0) + 1; ctx.body = { count: ctx.session.count }; });
        return router;
      }`,
    request: { again: true },
    answer: { count: 2 },
  },
  {
    name: 'express-session counts',
    packages: ['express-session'],
    framework: 'express',
    code: `
      import { Router } from 'express';
      import session from 'express-session';
      export const route = () => Router().use(session({ secret: 'secret', resave: false, saveUninitialized: true })).get('/trial', (req, res) => { req.session.count = (req.session.count ?? 0) + 1; res.json({ count: req.session.count }); });`,
    request: { again: true },
    answer: { count: 2 },
  },
  {
    name: 'cookie-session counts',
    packages: ['cookie-session'],
    framework: 'express',
    code: `
      import { Router } from 'express';
      import session from 'cookie-session';
      export const route = () => Router().use(session({ keys: ['secret'] })).get('/trial', (req, res) => { req.session.count = (req.session.count ?? 0) + 1; res.json({ count: req.session.count }); });`,
    request: { again: true },
    answer: { count: 2 },
  },
  {
    name: 'koa-static sends a folder',
    packages: ['koa-static'],
    files: { 'src/public/hello.txt': 'Hello' },
    slots: {
      'app-imports': `import serve from 'koa-static';\n`,
      'app-middleware': `  app.use(serve(import.meta.dirname + '/public'));\n`,
    },
    code: `export const answer = () => '';`,
    request: { path: '/hello.txt' },
    answer: 'Hello',
  },
  {
    name: 'express.static sends a folder',
    packages: [],
    framework: 'express',
    files: { 'src/public/hello.txt': 'Hello' },
    code: `
      import { fileURLToPath } from 'node:url';
      import express, { Router } from 'express';
      export const route = () => Router().use(express.static(fileURLToPath(new URL('../public', import.meta.url))));`,
    request: { path: '/hello.txt' },
    answer: 'Hello',
  },
  {
    name: 'compression, helmet and morgan',
    packages: ['compression', 'helmet', 'morgan'],
    framework: 'express',
    code: `
      import { gunzipSync } from 'node:zlib';
      import compression from 'compression';
      import { Router } from 'express';
      import helmet from 'helmet';
      import morgan from 'morgan';
      let logged = '';
      export const route = () => Router().use(morgan(':method :url', { immediate: true, stream: { write: (line) => { logged = line; } } }), helmet(), compression({ threshold: 0 })).get('/trial', (_req, res) => { res.type('text').send(logged); });`,
    request: { headers: { 'accept-encoding': 'identity' } },
    answer: 'GET /trial\n',
  },
  {
    name: 'koa-compress and @koa/cors',
    packages: ['koa-compress', '@koa/cors'],
    code: `
      import cors from '@koa/cors';
      import { Router } from '@koa/router';
      import compress from 'koa-compress';
      export function route() {
        const router = new Router();
        router.get('/trial', cors(), compress({ threshold: 0 }), (ctx) => { ctx.body = { vary: ctx.response.get('vary') }; });
        return router;
      }`,
    request: { headers: { 'accept-encoding': 'identity', origin: 'https://a.example' } },
    answer: { vary: 'Origin, Accept-Encoding' },
  },
  {
    name: 'ws talks to itself',
    packages: ['ws'],
    code: `
      import { once } from 'node:events';
      import { WebSocket, WebSocketServer } from 'ws';
      export async function answer() {
        const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
        server.on('connection', (socket) => socket.on('message', (data) => socket.send('echo ' + data)));
        await once(server, 'listening');
        const client = new WebSocket('ws://127.0.0.1:' + server.address().port);
        await once(client, 'open');
        client.send('hello');
        const [data] = await once(client, 'message');
        client.terminate();
        server.close();
        return String(data);
      }`,
    answer: 'echo hello',
  },
  {
    name: 'socket.io answers a handshake by polling',
    packages: ['socket.io', 'engine.io'],
    code: `
      import { Router } from '@koa/router';
      import { Server as Engine } from 'engine.io';
      import { Server } from 'socket.io';
      const engine = new Engine({ transports: ['polling'] });
      new Server().bind(engine);
      export function route() {
        const router = new Router();
        router.get('/socket.io/', (ctx) => { ctx.respond = false; engine.handleRequest(ctx.req, ctx.res); });
        return router;
      }`,
    request: { path: '/socket.io/?EIO=4&transport=polling' },
    answer: /^0\{"sid":".{20}","upgrades":\[\]/,
  },
];
