import assert from 'node:assert/strict';

import { askSources, askZip, bundle, emitProject, type ProjectOptions } from './project.ts';

/** Bodies that Koa tells apart, or not, by the globals that its copy in the bundle does not name. */
const bodies = {
  Blob: `new Blob(['<b>'], { type: 'text/html' })`,
  File: `new File(['<b>'], 'b.html', { type: 'text/html' })`,
  'a subclass of Blob': `new (class Picture extends Blob { get [Symbol.toStringTag]() { return 'Picture'; } })(['<b>'], { type: 'image/gif' })`,
  Response: `new Response('<b>', { status: 201, headers: { 'x-kind': 'response' } })`,
  'a subclass of Response': `new (class Answer extends Response { get [Symbol.toStringTag]() { return 'Answer'; } })('<b>', { status: 202 })`,
  'what fetch answers': `await fetch('data:text/plain,fetched')`,
  'a web stream': `new ReadableStream({ start: (stream) => { stream.enqueue(new TextEncoder().encode('<b>')); stream.close(); } })`,
  'an object': `{ name: 'object' }`,
  'an object without prototype': `Object.assign(Object.create(null), { name: 'bare' })`,
  'an object that claims to be one': `{ get [Symbol.toStringTag]() { return 'Response'; }, name: 'claims' }`,
  'of a class called so': `new (class Response { name = 'namesake'; })()`,
};

const send = (body: string): string => `
  const other = new Koa();
  other.use(async (inner) => { inner.body = ${body}; });
  const server = other.listen(0);
  await once(server, 'listening');
  const answer = await fetch('http://127.0.0.1:' + server.address().port);
  server.close();
  ctx.body = { status: answer.status, type: answer.headers.get('content-type'), kind: answer.headers.get('x-kind'), text: await answer.text() };`;

const project: ProjectOptions = {
  imports: `
    import { once } from 'node:events';
    import { createRequire } from 'node:module';
    import Koa from 'koa';
    import data, { twice } from 'data';
    import table from 'mime-db';
    import { fail } from 'failing';
    const loaded = (name: string) => process.moduleLoadList.some((entry: string) => entry.includes(name));`,
  routes: {
    '/loaded': `ctx.body = { undici: loaded('internal/deps/undici/undici') };`,
    ...Object.fromEntries(Object.entries(bodies).map(([name, body]) => [`/${name.replaceAll(' ', '-')}`, send(body)])),
    '/data': `data.list.push(3); ctx.body = { ...twice(), own: Object.hasOwn(data, '__proto__'), keys: Object.keys(data) };`,
    '/types': `ctx.body = { types: Object.keys(table).length, zlib: table['application/zlib'] };`,
    '/stack': `try { fail(); } catch (error) { ctx.body = (error as Error).stack?.split('\\n').slice(0, 2).map((line) => line.split(' (')[0]).join(); }`,
  },
  packages: {
    data: {
      'index.js': `exports.list = require('./data.json').list; module.exports = require('./data.json');
        Object.defineProperty(module.exports, 'twice', { value: () => ({ list: require('./data.json').list }) });`,
      'data.json': '{"list":[1,2],"__proto__":{"a":1},"2":0,"1":0}',
    },
    failing: { 'index.js': `exports.fail = function failOnPurpose() { throw new Error('on purpose'); };` },
  },
};

const paths = Object.keys(project.routes ?? {});

describe('an optimisation of the bundle', function () {
  this.timeout(120_000);
  let answers: Readonly<Record<string, unknown>> = {};
  let unbundled: Readonly<Record<string, unknown>> = {};

  before(async () => {
    const folder = await emitProject(project);
    const run = bundle(folder);
    assert.equal(run.status, 0, run.output);
    unbundled = askSources(folder, paths);
    answers = askZip(folder, paths);
  });

  it('keeps undici from being loaded by the first answer', () => {
    assert.deepEqual(unbundled['/loaded'], { undici: true });
    assert.deepEqual(answers['/loaded'], { undici: false });
  });

  for (const path of paths.filter((other) => other !== '/loaded'))
    it(`changes nothing of what ${path} sees`, () => assert.deepEqual(answers[path], unbundled[path]));

  it('names the functions of a package in a stack', () => assert.match(String(answers['/stack']), /failOnPurpose/));
});
