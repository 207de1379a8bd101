import assert from 'node:assert/strict';

import { askZip, bundle, emitProject, type ProjectOptions } from './project.ts';

/** Everything that code may ask of the place where it lies, or of names that a bundler changes. */
const project: ProjectOptions = {
  imports: `
    import { readdir, readFile } from 'node:fs/promises';
    import * as crypto from 'node:crypto';
    import { createHash, randomUUID } from 'node:crypto';
    import { once } from 'node:events';
    import { createRequire } from 'node:module';
    import { join } from 'node:path';
    import { Worker } from 'node:worker_threads';
    import manifest from '../../package.json' with { type: 'json' };
    import { User as Person } from '../people/user.ts';
    import { User as Account } from '../accounts/user.ts';
    import makeDual, { kind } from 'dual';
    import legacy from 'legacy';
    import say from 'sayings';
    import modern, { page } from 'modern';
    import { find } from 'seeker';
    const require = createRequire(import.meta.url);`,
  routes: {
    '/url': `ctx.body = await readFile(new URL('./page.html', import.meta.url), 'utf8');`,
    '/bare': `ctx.body = await readFile(new URL('page.html', import.meta.url), 'utf8');`,
    '/listed': `ctx.body = (await readdir(import.meta.dirname + '/../views')).sort();`,
    '/dirname': `ctx.body = await readFile(join(import.meta.dirname, '..', 'views', 'name.txt'), 'utf8');`,
    '/filename': `ctx.body = { file: import.meta.filename.split('/').slice(-3).join('/') };`,
    '/cwd': `ctx.body = await readFile('texts/en.txt', 'utf8');`,
    '/worker': `ctx.body = (await once(new Worker(new URL('../jobs/double.ts', import.meta.url), { workerData: 21 }), 'message'))[0];`,
    '/default': `ctx.body = await new Promise((resolve) => { const worker = new Worker('import(process.argv[2]).then((jobs) => require("worker_threads").parentPort.postMessage(jobs.default(4)))', { eval: true, argv: [new URL('../jobs/half.ts', import.meta.url).href] }); worker.on('message', resolve); });`,
    '/classes': `ctx.body = [Person.name, Account.name, (() => {}).name, new Person().constructor.name];`,
    '/manifest': `ctx.body = { description: manifest.description, scripts: Object.keys(manifest.scripts).length > 3, custom: manifest.custom };`,
    '/crypto': `const dynamic = await import('node:crypto');
      ctx.body = [randomUUID().length, createHash('sha256').update('a').digest('hex').length, 'createHmac' in crypto, Object.keys({ ...crypto.default }).length > 50, typeof dynamic.randomBytes];`,
    '/legacy': `ctx.body = legacy();`,
    '/alias': `ctx.body = say('hello');`,
    '/modern': `ctx.body = [modern(), page];`,
    '/dual': `ctx.body = [makeDual(), kind];`,
    '/named': `ctx.body = find('driver')();`,
    '/required': `ctx.body = require('legacy')();`,
  },
  files: {
    'src/routes/page.html': '<h1>page</h1>',
    'src/views/name.txt': 'a view',
    'src/views/other.txt': 'another view',
    'texts/en.txt': 'a text',
    'src/people/user.ts': 'export class User {}',
    'src/accounts/user.ts': 'export class User {}',
    'src/jobs/double.ts': `
      import { parentPort, workerData } from 'node:worker_threads';
      import { double } from './double-number.ts';
      parentPort?.postMessage(double(workerData as number));`,
    'src/jobs/half.ts': 'export default (value: number): number => value / 2;',
    'src/jobs/double-number.ts': 'export const double = (value: number): number => value * 2;',
  },
  packages: {
    // Reads a file of its own.
    legacy: {
      'index.js': `module.exports = () => require('fs').readFileSync(__dirname + '/text.txt', 'utf8') + require('needed');`,
      'text.txt': 'legacy ',
    },
    sayings: {
      'index.js': `const load = require; module.exports = (name) => load('./' + name);`,
      'hello.js': `module.exports = 'Hello';`,
    },
    needed: { 'index.js': `module.exports = 'needed';` },
    // A module that does so, with a default export and others.
    modern: {
      'package.json': '{"name":"modern","version":"1.0.0","type":"module","exports":"./index.js"}',
      'index.js': `import { readFileSync } from 'node:fs';
        export const page = readFileSync(new URL('page.txt', import.meta.url), 'utf8');
        export default () => 'modern';`,
      'page.txt': 'modern page',
    },
    // Its two halves export differently.
    dual: {
      'package.json': JSON.stringify({
        name: 'dual',
        version: '1.0.0',
        exports: { import: './index.mjs', require: './index.cjs' },
      }),
      'index.mjs': `import { fileURLToPath } from 'node:url';
        export const kind = fileURLToPath(import.meta.url).split('/').at(-1);
        export default () => 'dual';`,
      'index.cjs': `exports.kind = 'cjs'; exports.default = () => 'wrong';`,
    },
    // Loads by a name that is made up, what no import leads to.
    seeker: { 'index.js': 'exports.find = (name) => require(name);' },
    driver: { 'index.js': `module.exports = () => 'driven';` },
  },
  manifest: { description: 'as the app reads it', custom: { deep: [1] }, lambda: { files: ['texts/**'] } },
};

const expected = {
  '/url': '<h1>page</h1>',
  '/bare': '<h1>page</h1>',
  '/listed': ['name.txt', 'other.txt'],
  '/dirname': 'a view',
  '/filename': { file: 'src/routes/trial.ts' },
  '/cwd': 'a text',
  '/worker': 42,
  '/default': 2,
  '/classes': ['User', 'User', '', 'User'],
  '/manifest': { description: 'as the app reads it', scripts: true, custom: { deep: [1] } },
  '/crypto': [36, 64, true, true, 'function'],
  '/legacy': 'legacy needed',
  '/alias': 'Hello',
  '/modern': ['modern', 'modern page'],
  '/dual': ['dual', 'index.mjs'],
  '/named': 'driven',
  '/required': 'legacy needed',
};

describe('what the zip answers', function () {
  this.timeout(120_000);
  let output = '';
  let answers: Readonly<Record<string, unknown>> = {};

  before(async () => {
    const folder = await emitProject(project);
    const run = bundle(folder);
    assert.equal(run.status, 0, run.output);
    ({ output } = run);
    answers = askZip(folder, Object.keys(expected));
  });

  for (const [path, answer] of Object.entries(expected))
    it(`is what the sources answer to ${path}`, () => assert.deepEqual(answers[path], answer));

  for (const [name, reason] of [
    ['legacy', 'uses its own path'],
    ['modern', 'uses its own path'],
    ['sayings', 'gives require another name'],
    ['driver', 'is a dependency that no import leads to'],
  ] as const)
    it(`has ${name} beside the bundle, and make bundle says why`, () =>
      assert.match(output, new RegExp(`^node_modules/${name} lies beside lambda\\.js: it ${reason}$`, 'm')));

  it('has inside what can be there', () => assert.doesNotMatch(output, /koa lies beside/));
});
