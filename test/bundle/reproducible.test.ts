import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { writeTree } from '../temp-folder.ts';
import { askZip, bundle, emitProject, makeFolder, type ProjectOptions, writeLock } from './project.ts';

const project: ProjectOptions = {
  imports: `import tool from 'tool';`,
  routes: { '/trial': 'ctx.body = tool();' },
  packages: {
    tool: {
      'index.js': `module.exports = () => require('fs').readFileSync(__dirname + '/b.txt', 'utf8') + require('helper');`,
      'b.txt': 'b',
      'a.txt': 'a',
      'bin/run': '#!/bin/sh\n',
      'package.json': '{"name":"tool","version":"1.0.0","dependencies":{"helper":"*"}}',
      'node_modules/helper/package.json': '{"name":"helper","version":"2.0.0"}',
      'node_modules/helper/index.js': `module.exports = ' with its own helper';`,
    },
    helper: { 'index.js': `module.exports = ' with another helper';` },
  },
};

function bundleIn(folder: string, env: NodeJS.ProcessEnv = process.env): Buffer {
  const { status, output } = bundle(folder, env);
  assert.equal(status, 0, output);
  return readFileSync(join(folder, 'dist/lambda.zip'));
}

/** By path, the rights that the central directory of a zip gives a file. */
function readModes(archive: Buffer): Record<string, string> {
  const modes: Record<string, string> = {};
  for (let at = archive.indexOf('PK\x01\x02'); at >= 0; at = archive.indexOf('PK\x01\x02', at + 1)) {
    const name = archive.toString('utf8', at + 46, at + 46 + archive.readUInt16LE(at + 28));
    modes[name] = (archive.readUInt32LE(at + 38) >>> 16).toString(8);
  }
  return modes;
}

describe('the zip with shipped files', function () {
  this.timeout(120_000);
  let folder = '';
  let archive: Buffer;

  before(async () => {
    folder = await emitProject(project);
    chmodSync(join(folder, 'node_modules/tool/bin/run'), 0o755);
    archive = bundleIn(folder);
  });

  it('is the same bytes in another folder, time zone, and state of the disk', () => {
    const other = makeFolder();
    cpSync(folder, other, { recursive: true, verbatimSymlinks: true });
    const file = join(other, 'node_modules/tool/b.txt');
    utimesSync(file, 1, 1);
    chmodSync(file, 0o600);
    // Written anew, it may come later when the folder is read.
    renameSync(join(other, 'node_modules/tool/a.txt'), join(other, 'node_modules/tool/z'));
    renameSync(join(other, 'node_modules/tool/z'), join(other, 'node_modules/tool/a.txt'));
    assert.ok(archive.equals(bundleIn(other, { ...process.env, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' })));
  });

  it('lets what is executable be executed', () => {
    const { 'lambda.js': code, 'node_modules/tool/bin/run': program, 'node_modules/tool/b.txt': text } = readModes(archive);
    assert.deepEqual([code, program, text], ['100644', '100755', '100644']);
  });

  it('gives each package the version that it finds on the disk', () => {
    assert.equal(askZip(folder, ['/trial'])['/trial'], 'b with its own helper');
  });

  it('holds the files that links lead to', async () => {
    const linked = await emitProject({ manifest: { lambda: { files: ['texts/*'] } }, files: { 'elsewhere/en.txt': 'a text' } });
    mkdirSync(join(linked, 'texts'));
    symlinkSync('../elsewhere/en.txt', join(linked, 'texts/en.txt'));
    const files = unzipSync(bundleIn(linked));
    assert.equal(Buffer.from(files['texts/en.txt'] ?? []).toString(), 'a text');
  });
});

describe('in a workspace', function () {
  this.timeout(120_000);

  it('finds what npm hoisted above the project', async () => {
    const workspaces = makeFolder();
    const emitted = await emitProject(project);
    cpSync(emitted, join(workspaces, 'apps/shop'), { recursive: true, verbatimSymlinks: true });
    renameSync(join(workspaces, 'apps/shop/node_modules'), join(workspaces, 'node_modules'));
    // Another member of the workspaces, and what is not hoisted since its version is another one.
    mkdirSync(join(workspaces, 'libs/shared'), { recursive: true });
    writeFileSync(
      join(workspaces, 'libs/shared/package.json'),
      '{"name":"shared","version":"1.0.0","dependencies":{"helper":"*"}}',
    );
    writeFileSync(
      join(workspaces, 'libs/shared/index.js'),
      `module.exports = () => require('path').basename(__dirname) + require('helper');`,
    );
    symlinkSync('../libs/shared', join(workspaces, 'node_modules/shared'));
    cpSync(join(workspaces, 'node_modules/tool/node_modules/helper'), join(workspaces, 'apps/shop/node_modules/helper'), {
      recursive: true,
    });
    writeFileSync(
      join(workspaces, 'apps/shop/src/routes/trial.ts'),
      `import { Router } from '@koa/router';
       import helper from 'helper';
       import shared from 'shared';
       import tool from 'tool';
       export const trial = () => new Router().get('/trial', (ctx) => { ctx.body = [tool(), shared(), helper]; });`,
    );
    rmSync(join(workspaces, 'apps/shop/package-lock.json'));
    writeLock(workspaces);
    bundleIn(join(workspaces, 'apps/shop'));
    assert.deepEqual(askZip(join(workspaces, 'apps/shop'), ['/trial'])['/trial'], [
      'b with its own helper',
      'shared with another helper',
      ' with its own helper',
    ]);
  });
});

describe('the handler', function () {
  this.timeout(120_000);

  it('can be wrapped and redefined, as layers and error trackers do', async () => {
    const folder = await emitProject({});
    const unpacked = makeFolder();
    writeTree(unpacked, unzipSync(bundleIn(folder)));
    const module = createRequire(import.meta.url)(join(unpacked, 'lambda.js')) as { handler: unknown };
    assert.deepEqual(Object.getOwnPropertyDescriptor(module, 'handler'), {
      value: module.handler,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  });
});
