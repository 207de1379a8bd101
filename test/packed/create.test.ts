import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, run } from './prefix.ts';

interface Manifest {
  readonly version: string;
  readonly engines: unknown;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const alias = join(root, 'packages/create-tsflask');

describe('npm create tsflask', function () {
  this.timeout(120_000);
  let folder = '';
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-create-')));
    mkdirSync(join(folder, 'work'));
    run('npm', ['run', 'build', '--silent'], root);
    const tarballs = [root, alias].map((from) => {
      const packed = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], from);
      const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
      return join(folder, filename);
    });
    const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    run('npm', ['install', '--prefix', folder, ...quick, ...tarballs], folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function create(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    const bin = join(folder, 'node_modules/create-tsflask/cli.cjs');
    return spawnSync(process.execPath, [bin, ...args], { cwd: join(folder, 'work'), encoding: 'utf8' });
  }

  it('writes a project', () => {
    const { status, stdout, stderr } = create('my-api', '--yes', '--skip-install', '--no-git');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /✔ my-api: .*Same again: tsflask new my-api --yes\n/s);
    assert.ok(existsSync(join(folder, 'work/my-api/.tsflask/manifest.json')));
  });

  it('fails as tsflask does', () => {
    const { status, stderr } = create('My-Api', '--yes');
    assert.match(stderr, /"My-Api" is not a usable name/);
    assert.equal(status, 1);
  });

  it('goes with the version that lies beside it', () => {
    const [own, ours] = [manifestOf(alias), manifestOf(root)];
    assert.deepEqual([own.version, own.dependencies], [ours.version, { 'generator-tsflask': ours.version }]);
    assert.deepEqual(own.engines, ours.engines);
  });
});
