import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { loadUserOverlays } from '../../src/project/load-overlays.ts';
import { recordOverlay } from '../../src/project/overlay-record.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

const scripts = Object.fromEntries(['preinstall', 'install', 'postinstall', 'prepare'].map((name) => [name, 'touch "$RAN"']));

describe('an overlay that npm fetches', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  useEnvironment(() => ({
    ...gitEnvironment,
    HOME: folder(),
    TMPDIR: join(folder(), 'tmp'),
    RAN: join(folder(), 'ran'),
    npm_config_cache: join(folder(), 'cache'),
  }));

  beforeEach(() =>
    writeTree(folder(), {
      'tmp/.keep': '',
      'package/package.json': JSON.stringify({ name: '@acme/rules', version: '1.2.0', scripts }),
      'package/overlay.json': '{"name": "rules", "description": "Ours"}',
      'package/files/a.txt': 'a',
    }),
  );

  function run(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: join(folder(), 'package'), encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout;
  }

  /** Loads it, and gives how the manifest of a project in `demo` records it. */
  async function fetched(spec: string): Promise<object> {
    const [found] = await loadUserOverlays([spec], folder());
    assert.deepEqual(Object.keys(found!.overlay.files), ['a.txt']);
    assert.deepEqual(
      readdirSync(join(folder(), 'tmp')).filter((name) => name.startsWith('tsflask')),
      [],
    );
    assert.equal(existsSync(join(folder(), 'ran')), false, 'a script was run');
    return recordOverlay(found!, join(folder(), 'demo'));
  }

  it('comes out of a tarball, and is recorded from the project on', async () => {
    run('npm', 'pack', '--ignore-scripts', '--pack-destination', '..');
    assert.deepEqual(await fetched('acme-rules-1.2.0.tgz'), {
      package: '@acme/rules',
      version: '1.2.0',
      from: '../acme-rules-1.2.0.tgz',
    });
  });

  it('comes out of a git repository, without running its scripts, and is recorded with its commit', async () => {
    run('git', 'init', '--quiet');
    run('git', 'add', '.');
    run('git', 'commit', '--quiet', '--message', 'Rules');
    const commit = run('git', 'rev-parse', 'HEAD').trim();
    const address = `git+file://${join(folder(), 'package')}`;
    assert.deepEqual(await fetched(address), { package: '@acme/rules', version: '1.2.0', from: `${address}#${commit}` });
  });

  it('comes from a registry by name and version', async () => {
    run('npm', 'pack', '--ignore-scripts', '--pack-destination', '..');
    const tarballBytes = readFileSync(join(folder(), 'acme-rules-1.2.0.tgz'));
    const server = createServer((request, response) => {
      if (request.url?.endsWith('.tgz')) return void response.end(tarballBytes);
      const tarball = `http://${request.headers.host}/acme-rules-1.2.0.tgz`;
      const versions = { '1.2.0': { name: '@acme/rules', version: '1.2.0', scripts, hasInstallScript: true, dist: { tarball } } };
      response.end(JSON.stringify({ name: '@acme/rules', 'dist-tags': { latest: '1.2.0' }, versions }));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    process.env['npm_config_registry'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      assert.deepEqual(await fetched('@acme/rules@latest'), { package: '@acme/rules', version: '1.2.0' });
    } finally {
      server.close();
    }
  });

  it('is refused in the words of npm where npm cannot find it', async () => {
    process.env['npm_config_registry'] = 'http://127.0.0.1:1/';
    await assert.rejects(loadUserOverlays(['@acme/rules@9'], folder()), {
      code: 'OVERLAY_NOT_FETCHED',
      message: /^--overlay @acme\/rules@9: npm cannot fetch it: .*ECONNREFUSED.*give the path of a folder/,
    });
  });

  it('is refused where there is no npm', async () => {
    process.env['PATH'] = join(folder(), 'tmp');
    await assert.rejects(loadUserOverlays(['@acme/rules@9'], folder()), { message: /npm is not on the PATH/ });
  });
});
