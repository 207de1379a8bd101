import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { askSources, askZip, bundle, emitProject, type ProjectOptions, testZip } from './project.ts';

/** What cannot be bundled, and what make bundle says of it. */
const refused: readonly [title: string, project: ProjectOptions, says: readonly RegExp[]][] = [
  [
    'a package that is not installed',
    { imports: `import missing from 'not-installed';`, routes: { '/trial': 'ctx.body = missing;' } },
    [/Could not resolve "not-installed"/, /src\/routes\/trial\.ts:\d+/],
  ],
  [
    'a package to lay beside the bundle that is not installed',
    { manifest: { lambda: { external: ['absent'] } } },
    [/package-lock\.json lacks node_modules\/absent, .*: run npm install/],
  ],
  [
    'a pattern that no file matches',
    { manifest: { lambda: { files: ['texts/**'] } } },
    [/lambda\.files in package\.json has "texts\/\*\*", which no file matches/],
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

/** What the sources find where they lie, and the zip does not have. */
const lacking: readonly [title: string, project: ProjectOptions, says: RegExp][] = [
  [
    'a package that requires what is not installed',
    { imports: `import 'careless';`, packages: { careless: { 'index.js': `require('not-there');` } } },
    /Cannot find module 'not-there'/,
  ],
  [
    'a file that is read by a name that is made up',
    {
      imports: `import { readFileSync } from 'node:fs'; readFileSync(['texts', 'en.txt'].join('/'));`,
      files: { 'texts/en.txt': 'a text' },
    },
    /no such file or directory, open 'texts\/en\.txt'/,
  ],
];

describe('make doors', function () {
  this.timeout(120_000);

  for (const [title, project, says] of lacking)
    it(`finds ${title}`, async () => {
      const folder = await emitProject(project);
      assert.equal(bundle(folder).status, 0);
      const { status, output } = testZip(folder);
      assert.notEqual(status, 0, output);
      assert.match(output, says);
    });

  it('passes where the file is named in package.json', async () => {
    const [, project] = lacking[1] ?? assert.fail();
    const folder = await emitProject({ ...project, manifest: { lambda: { files: ['texts/*'] } } });
    assert.equal(bundle(folder).status, 0);
    const { status, output } = testZip(folder);
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
