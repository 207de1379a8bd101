import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { askSources, askZip, bundle, emitProject, type ProjectOptions } from './project.ts';

/** Whatever is found out only when the zip is started, and what make bundle says of it. */
const refused: readonly [title: string, project: ProjectOptions, says: readonly RegExp[]][] = [
  [
    'a package that is not installed',
    { imports: `import missing from 'not-installed';`, routes: { '/trial': 'ctx.body = missing;' } },
    [/Could not resolve "not-installed"/, /src\/routes\/trial\.ts:\d+/],
  ],
  [
    'a package to lay beside the bundle that is not installed',
    { manifest: { lambda: { external: ['absent'] } } },
    [/package-lock\.json lacks absent, .*: run npm install/],
  ],
  [
    'a package that requires what is not installed',
    { imports: `import 'careless';`, packages: { careless: { 'index.js': `require('not-there');` } } },
    [/Cannot find module 'not-there'/, /It lacks not-there: npm install it/],
  ],
  [
    'a file that is read by a name that is made up',
    {
      imports: `import { readFileSync } from 'node:fs'; readFileSync(['texts', 'en.txt'].join('/'));`,
      files: { 'texts/en.txt': 'a text' },
    },
    [/no such file or directory/, /It lacks texts\/en\.txt: .*name it under .*lambda\.files in package\.json/],
  ],
  [
    'an environment that the app wants otherwise',
    { imports: `if (process.env.DATABASE_URL === undefined) throw new Error('DATABASE_URL is not set');` },
    [/DATABASE_URL is not set/, /\.env\.example/],
  ],
  [
    'a pattern that no file matches',
    { manifest: { lambda: { files: ['texts/**'] } } },
    [/lambda\.files in package\.json has "texts\/\*\*", which no file matches/],
  ],
  ['an unknown architecture', { manifest: { lambda: { architecture: 'arm' } } }, [/is "arm": write arm64 or x86_64/]],
  [
    'more than Lambda takes',
    { manifest: { lambda: { files: ['big.bin'] } }, files: { 'big.bin': new Uint8Array(263 * 1024 * 1024) } },
    [/ big\.bin 275\.8 MB/, /27\d\.\d MB unpacked, where Lambda takes 50 and 250 MB/],
  ],
];

describe('make bundle refuses', function () {
  this.timeout(120_000);

  for (const [title, project, says] of refused)
    it(title, async () => {
      const folder = await emitProject(project);
      // As if an older zip were there, which must not be deployed in place of this one.
      mkdirSync(join(folder, 'dist'));
      writeFileSync(join(folder, 'dist/lambda.zip'), 'older');
      const { status, output } = bundle(folder);
      assert.equal(status, 1, output);
      for (const words of says) assert.match(output, words);
      assert.equal(existsSync(join(folder, 'dist/lambda.zip')), false);
    });
});

describe('make bundle starts the zip', function () {
  this.timeout(120_000);

  it('with the variables of .env.example, whatever comes before its first one', async () => {
    const folder = await emitProject({
      imports: `if (process.env.DATABASE_URL !== 'postgres://example') throw new Error('DATABASE_URL is not set');`,
      files: { '.env.example': '\uFEFFDATABASE_URL=postgres://example\n' },
    });
    const { status, output } = bundle(folder);
    assert.equal(status, 0, output);
  });

  it('without what this process happens to have', async () => {
    const folder = await emitProject({
      imports: `if (process.env.ONLY_HERE) throw new Error('ONLY_HERE is set');`,
    });
    const { status, output } = bundle(folder, { ...process.env, ONLY_HERE: '1', NODE_ENV: 'production', DEBUG: '*' });
    assert.equal(status, 0, output);
  });
});

const waiting = `export const value = await Promise.resolve('waited for');`;

describe('top-level await', function () {
  this.timeout(120_000);

  for (const [title, project] of [
    ['in the code of the project', { files: { 'src/waiting.ts': waiting }, imports: `import { value } from '../waiting.ts';` }],
    [
      'in a package',
      {
        imports: `import { value } from 'waiting';`,
        packages: { waiting: { 'package.json': '{"name":"waiting","version":"1.0.0","type":"module"}', 'index.js': waiting } },
      },
    ],
    [
      'in a package that cannot be inside',
      {
        imports: `import { value } from 'waiting';`,
        packages: {
          waiting: {
            'package.json': '{"name":"waiting","version":"1.0.0","type":"module"}',
            'index.js': `export const place = import.meta.url; ${waiting}`,
          },
        },
      },
    ],
  ] as const)
    it(`${title} makes a module of the bundle`, async () => {
      const folder = await emitProject({
        ...project,
        routes: { '/trial': `ctx.body = [value, import.meta.url.endsWith('/src/routes/trial.ts')];` },
      });
      const { status, output } = bundle(folder);
      assert.equal(status, 0, output);
      const { 'package.json': manifest } = unzipSync(readFileSync(join(folder, 'dist/lambda.zip')));
      assert.deepEqual(JSON.parse(Buffer.from(manifest ?? []).toString()), { type: 'module' });
      assert.deepEqual(askZip(folder, ['/trial']), askSources(folder, ['/trial']));
      assert.deepEqual(askZip(folder, ['/trial'])['/trial'], ['waited for', true]);
    });
});

describe('package.json', function () {
  this.timeout(120_000);

  it('can be read from beside the bundle, which is a module there as package.json says', async () => {
    const folder = await emitProject({
      imports: `import { readFileSync } from 'node:fs';`,
      routes: { '/trial': `ctx.body = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).name;` },
    });
    const { status, output } = bundle(folder);
    assert.equal(status, 0, output);
    assert.equal(askZip(folder, ['/trial'])['/trial'], 'demo');
  });
});

describe('a package', function () {
  this.timeout(120_000);

  it('is there for a require that the project made itself', async () => {
    const folder = await emitProject({
      imports: `import { createRequire } from 'node:module'; const load = createRequire(import.meta.url);`,
      routes: { '/trial': `ctx.body = load('tool');` },
      packages: { tool: { 'index.js': `module.exports = 'required';` } },
    });
    const { status, output } = bundle(folder);
    assert.equal(status, 0, output);
    assert.equal(askZip(folder, ['/trial'])['/trial'], 'required');
  });
});
