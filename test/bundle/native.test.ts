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

interface Packed {
  readonly manifest: { readonly dependencies: object; readonly devDependencies: object };
  readonly entries: Readonly<Record<string, object>>;
}

/** Packs packages as they would be in a registry, and says what a lock says of them. */
function packAll(all: Readonly<Record<string, Tree>>): Packed {
  const folder = makeFolder();
  const entries = Object.entries(all).map(([name, files]) => {
    writeTree(join(folder, name), files);
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: join(folder, name),
      encoding: 'utf8',
    });
    const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
    const { name: _name, ...locked } = readJson(join(folder, name, 'package.json'));
    const isOptional = name.startsWith('@');
    return [
      `node_modules/${name}`,
      { ...locked, resolved: `file:${join(folder, filename)}`, ...(isOptional ? { optional: true } : {}) },
    ];
  });
  const names = Object.keys(all).filter((name) => !name.startsWith('@'));
  const dependencies = Object.fromEntries(names.map((name) => [name, version]));
  return { entries: Object.fromEntries(entries) as Packed['entries'], manifest: { dependencies, devDependencies: {} } };
}

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

function formatLock(manifest: object, entries: Packed['entries']): string {
  return JSON.stringify({ lockfileVersion: 3, requires: true, packages: { '': manifest, ...entries } });
}

/** Compiled code for a machine, as far as it is looked at. */
function formatElf(machine: number): Uint8Array {
  const elf = Buffer.alloc(64);
  elf.write('\x7fELF', 'latin1');
  elf.writeUInt16LE(machine, 18);
  return elf;
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
    const { entries, manifest } = packAll(packages);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...readJson(join(folder, 'package.json')), ...manifest }));
    writeFileSync(join(folder, 'package-lock.json'), formatLock(manifest, entries));
    writeTree(join(folder, 'node_modules/@painter', here), packages[`@painter/${here}`] ?? {});
  });

  it('is shipped for the function, whatever this machine is, and runs here all the same', () => {
    const { status, output } = bundle(folder);
    assert.equal(status, 0, output);
    const paths = Object.keys(unzipSync(readFileSync(join(folder, 'dist/lambda.zip'))));
    assert.ok(paths.includes('node_modules/painter/index.js'));
    const variants = paths.filter((path) => /@painter.*\.js$/.test(path));
    assert.deepEqual(variants, ['node_modules/@painter/linux-arm64/index.js']);
    assert.match(output, /^node_modules\/painter lies beside lambda\.js: it has native code$/m);
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

  it('is left out when it is for another platform, which this machine may be of', () => {
    const other = makeFolder();
    cpSync(folder, other, { recursive: true, verbatimSymlinks: true });
    const watcher = `try { require('@painter/darwin-arm64'); } catch {}`;
    writeTree(join(other, 'node_modules/watcher'), { 'package.json': '{"name":"watcher"}', 'index.js': watcher });
    const variant = { ...packages['@painter/darwin-arm64'], 'index.js': 'module.exports = __dirname;' };
    writeTree(join(other, 'node_modules/@painter/darwin-arm64'), variant);
    const route = join(other, 'src/routes/trial.ts');
    writeFileSync(route, `import 'watcher';\n${readFileSync(route, 'utf8')}`);
    const { status, output } = bundle(other);
    assert.equal(status, 0, output);
    const paths = Object.keys(unzipSync(readFileSync(join(other, 'dist/lambda.zip'))));
    assert.ok(!paths.some((path) => path.includes('darwin')));
  });

  /** A project with a package that was compiled for a machine that Lambda has none of. */
  async function emitCompiled(files: Tree): Promise<string> {
    const code = { 'binding.gyp': '{}', 'build/Release/addon.node': formatElf(8), 'index.js': `module.exports = 'compiled';` };
    const compiled = { ...code, ...files, 'package.json': `{"name":"compiled","version":"${version}"}` };
    const own = await emitProject({ imports: `import 'compiled';`, packages: { compiled } });
    const { entries, manifest } = packAll({ compiled });
    writeFileSync(join(own, 'package.json'), JSON.stringify({ ...readJson(join(own, 'package.json')), ...manifest }));
    writeFileSync(join(own, 'package-lock.json'), formatLock(manifest, entries));
    // As a machine may be set up; the compiler would not run on this one either.
    writeFileSync(join(own, '.npmrc'), 'ignore-scripts=true\n');
    return own;
  }

  it('is shipped prebuilt, without what an install script compiled for this machine', async () => {
    const own = await emitCompiled({ 'prebuilds/linux-arm64/addon.node': formatElf(183) });
    const { status, output } = bundle(own);
    assert.equal(status, 0, output);
    const paths = Object.keys(unzipSync(readFileSync(join(own, 'dist/lambda.zip'))));
    const compiled = paths.filter((path) => path.endsWith('.node'));
    assert.deepEqual(compiled, ['node_modules/compiled/prebuilds/linux-arm64/addon.node']);
  });

  it('is refused without a lock, which would say what to install', () => {
    const other = makeFolder();
    cpSync(folder, other, { recursive: true, verbatimSymlinks: true });
    rmSync(join(other, 'package-lock.json'));
    mkdirSync(join(other, 'node_modules/painter/prebuilds'));
    const { status, output } = bundle(other);
    assert.equal(status, 1);
    assert.match(output, /package-lock\.json lacks node_modules\/painter, .*npm install/);
  });
});
