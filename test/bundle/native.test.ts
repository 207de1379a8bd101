import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { type Tree, writeTree } from '../temp-folder.ts';
import { askZip, bundle, emitProject, makeFolder } from './project.ts';

const platforms = ['linux-arm64', 'linux-x64', 'darwin-arm64'];
const here = `${process.platform}-${process.arch}`;
const version = '1.0.0';

/** A package as those with native code are: one for each platform, and one that picks the right one. */
const packages: Readonly<Record<string, Tree>> = {
  painter: {
    'package.json': JSON.stringify({
      name: 'painter',
      version,
      optionalDependencies: Object.fromEntries(platforms.map((platform) => [`@painter/${platform}`, version])),
    }),
    'index.js': 'module.exports = require(`@painter/${process.platform}-${process.arch}`);',
  },
  ...Object.fromEntries(
    platforms.map((platform) => {
      const [os, cpu] = platform.split('-');
      const manifest = { name: `@painter/${platform}`, version, os: [os], cpu: [cpu] };
      return [manifest.name, { 'package.json': JSON.stringify(manifest), 'index.js': `module.exports = '${platform}';` }];
    }),
  ),
};

/** What npm would write, with packages that it finds on this disk. */
function formatLock(manifest: object): string {
  const folder = makeFolder();
  const entries = Object.entries(packages).map(([name, files]) => {
    writeTree(join(folder, name), files);
    const [{ filename }] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: join(folder, name), encoding: 'utf8' }),
    ) as [{ filename: string }];
    const { name: _name, ...locked } = JSON.parse(String(files['package.json'])) as Record<string, unknown>;
    const resolved = `file:${join(folder, filename)}`;
    return [`node_modules/${name}`, { ...locked, resolved, ...(name === 'painter' ? {} : { optional: true }) }];
  });
  return JSON.stringify({ lockfileVersion: 3, requires: true, packages: { '': manifest, ...Object.fromEntries(entries) } });
}

describe('a package with native code', function () {
  this.timeout(120_000);
  let folder = '';

  before(async () => {
    folder = await emitProject({
      imports: `import platform from 'painter';`,
      routes: { '/trial': 'ctx.body = platform;' },
      packages: { painter: packages['painter'] ?? {} },
    });
    const file = join(folder, 'package.json');
    const manifest = {
      ...(JSON.parse(readFileSync(file, 'utf8')) as object),
      dependencies: { painter: version },
      devDependencies: {},
    };
    writeFileSync(file, JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), formatLock(manifest));
    writeTree(join(folder, 'node_modules/@painter', here), packages[`@painter/${here}`] ?? {});
  });

  it('is shipped for the function, whatever this machine is, and runs here all the same', () => {
    const { status, output } = bundle(folder);
    assert.equal(status, 0, output);
    const paths = Object.keys(unzipSync(readFileSync(join(folder, 'dist/lambda.zip'))));
    assert.ok(paths.includes('node_modules/painter/index.js'));
    const variants = paths.filter((path) => /@painter.*\.js$/.test(path));
    assert.deepEqual(variants, ['node_modules/@painter/linux-arm64/index.js']);
    assert.match(output, /kB {2}node_modules\/painter {2}has native code/);
    assert.equal(askZip(folder, ['/trial'])['/trial'], here);
  });

  it('is shipped for the architecture that package.json names', () => {
    const other = makeFolder();
    cpSync(folder, other, { recursive: true, verbatimSymlinks: true });
    const file = join(other, 'package.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"arm64"', '"x86_64"'));
    assert.equal(bundle(other).status, 0);
    const paths = Object.keys(unzipSync(readFileSync(join(other, 'dist/lambda.zip'))));
    assert.ok(paths.includes('node_modules/@painter/linux-x64/index.js'));
  });

  it('is refused without a lock, which would say what to install', () => {
    const other = makeFolder();
    cpSync(folder, other, { recursive: true, verbatimSymlinks: true });
    rmSync(join(other, 'package-lock.json'));
    mkdirSync(join(other, 'node_modules/painter/prebuilds'));
    const { status, output } = bundle(other);
    assert.equal(status, 1);
    assert.match(output, /painter has native code, .*package-lock\.json.*npm install/);
  });
});
