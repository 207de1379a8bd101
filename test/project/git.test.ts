import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRepository } from '../../src/project/git.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
}

describe('createRepository', () => {
  const folder = useTempFolder();
  useEnvironment(() => gitEnvironment);

  it('makes one commit of everything but what is ignored', () => {
    writeTree(folder(), { '.gitignore': 'dist/\n', 'a.txt': 'a', 'dist/b.js': 'b' });
    assert.deepEqual(createRepository(folder(), 'Create demo'), { kind: 'committed' });
    assert.equal(git(folder(), 'log', '--format=%s'), 'Create demo');
    assert.equal(git(folder(), 'ls-files'), '.gitignore\na.txt');
    assert.equal(git(folder(), 'status', '--porcelain'), '');
  });

  it('makes none inside a repository, however deep', () => {
    git(folder(), 'init', '--quiet');
    mkdirSync(join(folder(), 'a/b'), { recursive: true });
    assert.deepEqual(createRepository(join(folder(), 'a/b'), 'Create demo'), { kind: 'inside-repository' });
    assert.deepEqual(readdirSync(join(folder(), 'a/b')), []);
  });

  it('makes none inside a worktree or a submodule, where .git is a file', () => {
    writeTree(folder(), { '.git': 'gitdir: elsewhere', 'demo/a.txt': '' });
    assert.deepEqual(createRepository(join(folder(), 'demo'), 'Create demo'), { kind: 'inside-repository' });
  });

  it('says what git says when nobody is configured', () => {
    for (const name of Object.keys(gitEnvironment).filter((key) => /NAME|EMAIL/.test(key))) delete process.env[name];
    // Some machines let git guess an address from their host name.
    Object.assign(process.env, {
      HOME: folder(),
      EMAIL: '',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'user.useConfigOnly',
      GIT_CONFIG_VALUE_0: 'true',
    });
    writeTree(folder(), { 'a.txt': 'a' });
    const result = createRepository(folder(), 'Create demo');
    assert.ok(result.kind === 'failed');
    assert.equal(result.step, 'git commit');
    assert.match(result.message, /user\.(name|email)/);
  });

  it('says so when there is no git', () => {
    process.env['PATH'] = folder();
    const result = createRepository(folder(), 'Create demo');
    assert.ok(result.kind === 'failed');
    assert.equal(result.step, 'git init');
    assert.match(result.message, /ENOENT/);
  });

  it('leaves alone the repository of a hook that it runs in', () => {
    git(folder(), 'init', '--quiet', 'outer');
    writeTree(folder(), { 'demo/a.txt': 'a' });
    Object.assign(process.env, { GIT_DIR: join(folder(), 'outer/.git'), GIT_INDEX_FILE: join(folder(), 'outer/.git/index') });
    assert.deepEqual(createRepository(join(folder(), 'demo'), 'Create demo'), { kind: 'committed' });
    delete process.env['GIT_DIR'];
    delete process.env['GIT_INDEX_FILE'];
    assert.equal(git(join(folder(), 'demo'), 'ls-files'), 'a.txt');
    assert.equal(git(join(folder(), 'outer'), 'ls-files'), '');
  });
});
