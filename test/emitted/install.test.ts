import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderProject } from '../../src/testing.ts';
import { lendModules } from '../lend-modules.ts';
import { writeTree } from '../temp-folder.ts';

/** A temporary folder for a suite. */
function useFolder(): () => string {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tsflask-install-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

function run(cwd: string, command: string, ...args: readonly string[]): string {
  // What a shell or a .npmrc may say, and an install must live with.
  const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', npm_config_ignore_scripts: 'true' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

describe('what the default project installs, under NODE_ENV=production and without scripts of packages', function () {
  this.timeout(120_000);
  const folder = useFolder();
  before(async () => {
    writeTree(folder(), await renderProject([]));
    run(folder(), 'make', 'install');
  });

  it('is at most 110 packages', () => {
    const lock = readFileSync(join(folder(), 'node_modules/.package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lock) as { packages: Readonly<Record<string, unknown>> };
    // The lock names every platform's packages.
    const installed = Object.keys(packages).filter((path) => existsSync(join(folder(), path)));
    assert.ok(installed.length > 20 && installed.length <= 110, `${installed.length} packages: ${installed.join(' ')}`);
  });

  it('is at most 130 MB', () => {
    const megabytes = Number.parseInt(run(folder(), 'du', '-sm', 'node_modules'), 10);
    assert.ok(megabytes > 20 && megabytes <= 130, `${megabytes} MB`);
  });

  it('is enough for every check and for the bundle', () => {
    for (const script of ['types', 'lint', 'format:check']) run(folder(), 'npm', 'run', '--silent', script);
    assert.match(run(folder(), 'make', 'doors'), /\d+ passing/);
  });
});

describe('a workspace, whose packages lie above the project', function () {
  this.timeout(60_000);
  const folder = useFolder();

  it('checks, tests and bundles as any project does', async () => {
    lendModules(folder());
    const project = join(folder(), 'demo');
    writeTree(project, { ...(await renderProject([])), 'node_modules/.installed': '' });
    run(project, 'npm', 'run', '--silent', 'types');
    assert.match(run(project, 'make', 'lint', 'test', 'doors'), /\d+ passing.*\d+ passing/s);
  });
});
