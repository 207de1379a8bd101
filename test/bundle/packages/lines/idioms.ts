import type { Line } from '../line.ts';

/** What people write, rather than what they install. */
export const idioms: readonly Line[] = [
  {
    name: 'node:crypto imported in every way',
    packages: [],
    code: `
      import crypto, { randomUUID, createHash as hash } from 'node:crypto';
      import * as all from 'crypto';
      import { createRequire } from 'node:module';
      export async function answer() {
        const { createHmac, ...rest } = await import('node:crypto');
        const again = { ...crypto };
        return {
          uuid: randomUUID().length,
          sha: hash('sha1').update('a').digest('hex').slice(0, 8),
          hmac: createHmac('sha1', 'k').update('a').digest('hex').slice(0, 8),
          same: all.createHash === hash && rest.createHash === hash && again.createHash === hash,
          isIn: 'webcrypto' in crypto && Object.keys(crypto).includes('scrypt'),
          required: createRequire(import.meta.url)('crypto') === crypto,
        };
      }`,
    answer: { uuid: 36, sha: '86f7e437', hmac: '40e7d441', same: true, isIn: true, required: true },
    runtime: 'asked',
  },
  {
    name: 'a worker of its own',
    packages: [],
    files: {
      'src/worker.ts': `
        import { parentPort, workerData } from 'node:worker_threads';
        import { twice } from './twice.ts';
        parentPort.postMessage(twice(workerData));`,
      'src/twice.ts': 'export const twice = (value: number): number => value * 2;',
    },
    code: `
      import { once } from 'node:events';
      import { Worker } from 'node:worker_threads';
      export async function answer() {
        const [value] = await once(new Worker(new URL('../worker.ts', import.meta.url), { workerData: 21 }), 'message');
        return { value };
      }`,
    answer: { value: 42 },
  },
  {
    name: 'piscina with a worker of its own',
    packages: ['piscina'],
    files: { 'src/worker.ts': 'export default (value: number): number => value * 2;' },
    code: `
      import { Piscina } from 'piscina';
      export async function answer() {
        const pool = new Piscina({ filename: new URL('../worker.ts', import.meta.url).href, maxThreads: 1 });
        const value = await pool.run(21);
        await pool.destroy();
        return { value };
      }`,
    answer: { value: 42 },
  },
  {
    name: 'a file beside the code by its URL',
    packages: [],
    files: { 'src/page.html': '<h1>Grüße</h1>' },
    code: `
      import { readFile } from 'node:fs/promises';
      const page = await readFile(new URL('../page.html', import.meta.url), 'utf8');
      export const answer = () => page;`,
    answer: '<h1>Grüße</h1>',
  },
  {
    name: 'a file beside the code by dirname and join',
    packages: [],
    files: { 'src/page.html': '<h1>Hello</h1>' },
    code: `
      import { readFileSync } from 'node:fs';
      import { dirname, join, resolve } from 'node:path';
      import { fileURLToPath } from 'node:url';
      const here = dirname(fileURLToPath(import.meta.url));
      const read = (path) => readFileSync(path, 'utf8');
      export const answer = () => ({ joined: read(join(here, '..', 'page.html')) === read(resolve(import.meta.dirname, '../page.html')), text: read(join(here, '../page.html')) });`,
    answer: { joined: true, text: '<h1>Hello</h1>' },
  },
  {
    name: 'a folder that is listed',
    packages: [],
    files: { 'src/migrations/1.sql': 'create table a', 'src/migrations/2.sql': 'create table b' },
    manifest: { lambda: { files: ['src/migrations/**'] } },
    code: `
      import { readdirSync } from 'node:fs';
      import { join } from 'node:path';
      export const answer = () => ({ names: readdirSync(join(import.meta.dirname, '..', 'migrations')).sort() });`,
    answer: { names: ['1.sql', '2.sql'] },
  },
  {
    name: 'a wasm file',
    packages: [],
    // (module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
    files: { 'src/add.wasm': Buffer.from('AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=', 'base64') },
    code: `
      import { readFile } from 'node:fs/promises';
      const { instance } = await WebAssembly.instantiate(await readFile(new URL('../add.wasm', import.meta.url)));
      export const answer = () => ({ sum: instance.exports.add(2, 3) });`,
    answer: { sum: 5 },
  },
  {
    name: 'two classes of one name in two files',
    packages: [],
    files: {
      'src/a.ts': 'export class User {}\nexport function find() {}',
      'src/b.ts': 'export class User {}\nexport function find() {}',
    },
    code: `
      import * as a from '../a.ts';
      import * as b from '../b.ts';
      class User extends a.User {}
      export const answer = () => ({ names: [a.User.name, b.User.name, User.name, new b.User().constructor.name, a.find.name, b.find.name] });`,
    answer: { names: ['User', 'User', 'User', 'User', 'find', 'find'] },
  },
  {
    name: 'package.json, imported and read',
    packages: [],
    manifest: { description: 'A shop', shop: { open: true } },
    code: `
      import { readFileSync } from 'node:fs';
      import manifest from '../../package.json' with { type: 'json' };
      const read = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
      export const answer = () => ({ description: manifest.description, shop: manifest.shop, read: read.description });`,
    answer: { description: 'A shop', shop: { open: true }, read: 'A shop' },
  },
  {
    name: 'top-level await in a module of its own',
    packages: [],
    files: {
      'src/settings.ts': `export const settings = await new Promise((resolve) => { setTimeout(resolve, 10, { ready: true }); });`,
    },
    code: `
      import { settings } from '../settings.ts';
      export const answer = () => settings;`,
    answer: { ready: true },
    runtime: 'asked',
  },
  {
    name: 'import.meta says where the code is',
    packages: [],
    code: `
      export const answer = () => ({
        url: import.meta.url.startsWith('file:///') && import.meta.url.endsWith('/src/routes/trial.ts'),
        filename: import.meta.filename.endsWith('/src/routes/trial.ts'),
        fits: import.meta.filename === import.meta.dirname + '/trial.ts',
      });`,
    answer: { url: true, filename: true, fits: true },
  },
  {
    name: 'require by createRequire',
    packages: ['lodash'],
    files: { 'src/legacy.cjs': `exports.name = __filename.endsWith('.cjs') || __filename.endsWith('.js');` },
    code: `
      import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url);
      export const answer = () => ({ last: require('lodash').last([1, 2]), legacy: require('../legacy.cjs').name });`,
    answer: { last: 2, legacy: true },
  },
  {
    name: 'a package imported by a computed name',
    packages: ['luxon'],
    manifest: { lambda: { external: ['luxon'] } },
    code: `
      const library = ['lux', 'on'].join('');
      export async function answer() {
        const { DateTime } = await import(library);
        return DateTime.fromISO('2026-07-01', { zone: 'utc' }).toFormat('yyyy');
      }`,
    answer: '2026',
  },
  {
    name: 'a route imported when it is asked for',
    packages: ['marked'],
    files: { 'src/render.ts': `import { marked } from 'marked';\nexport const render = (text: string) => marked(text);` },
    code: `export const answer = async () => (await import('../render.ts')).render('*Ada*');`,
    answer: '<p><em>Ada</em></p>\n',
  },
  {
    name: 'an error says where it was thrown',
    packages: [],
    code: `
      function fail() { throw new RangeError('no'); }
      export function answer() {
        try { fail(); } catch (error) { return { name: error.constructor.name, frame: /at fail /.test(error.stack) }; }
      }`,
    answer: { name: 'RangeError', frame: true },
  },
  {
    name: 'a Blob, a Response and a web stream as the body',
    packages: [],
    code: `
      import { Router } from '@koa/router';
      export function route() {
        const router = new Router();
        router.get('/trial/blob', (ctx) => { ctx.body = new Blob(['Hello']); });
        router.get('/trial', async (ctx) => { ctx.body = new Response(new Blob(['Hello, ', 'Ada']).stream()); });
        return router;
      }`,
    answer: 'Hello, Ada',
  },
  {
    name: 'a subclass of Blob as the body',
    packages: [],
    code: `
      import { Router } from '@koa/router';
      class Note extends Blob { get [Symbol.toStringTag]() { return 'Note'; } }
      export function route() {
        const router = new Router();
        router.get('/trial', (ctx) => { ctx.body = new Note(['Hello']); });
        return router;
      }`,
    answer: 'Hello',
  },
  {
    name: 'a body in a charset that Node knows',
    packages: [],
    framework: 'express',
    code: `
      import express, { Router } from 'express';
      export const route = () => Router().post('/trial', express.text(), (req, res) => { res.send(req.body); });`,
    request: { method: 'POST', headers: { 'content-type': 'text/plain; charset=iso-8859-1' }, body: 'Gr\u00FC\u00DFe' },
    answer: 'Grüße',
  },
  {
    name: 'a body in a charset that Node does not know',
    packages: [],
    framework: 'express',
    code: `
      import express, { Router } from 'express';
      export const route = () => Router().post('/trial', express.text(), (req, res) => { res.send(req.body); });`,
    request: { method: 'POST', headers: { 'content-type': 'text/plain; charset=utf-7' }, body: 'Gr+APwA3w-e' },
    answer: 'Grüße',
  },
];
