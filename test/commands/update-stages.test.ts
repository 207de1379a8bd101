import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Prompts } from '../../src/commands/command.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { useTempFolder } from '../temp-folder.ts';
import { emit, release, update } from './update-project.ts';

describe('what git knows of conflicts', () => {
  const folder = useTempFolder();
  useEnvironment(() => gitEnvironment);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: join(folder(), 'demo'), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  /** A project in a folder of a repository, with an edit that a new release meets, and a file that both have anew. */
  async function start(): Promise<string> {
    release(folder(), { 'f.txt': 'a\n' });
    const project = await emit(folder());
    execFileSync('git', ['init', '--quiet'], { cwd: folder() });
    writeFileSync(join(project, 'f.txt'), 'mine\n');
    writeFileSync(join(project, 'new.txt'), 'mine\n');
    git('add', '--all');
    git('commit', '--quiet', '--message=x');
    release(folder(), { 'f.txt': 'b\n', 'new.txt': 'b\n' });
    return project;
  }

  /** Somebody who has everything merged, and answers the question about git so. */
  function answering(stage: 'yes' | 'no'): Partial<Prompts> {
    const choice = async (text: string): Promise<string> => (text.startsWith('Show what is marked to git') ? stage : 'merge');
    return { choice } as Partial<Prompts>;
  }

  for (const [title, prompts] of [
    ['without a terminal', undefined],
    ['where the answer is no', answering('no')],
  ] as const)
    it(`is nothing ${title}`, async () => {
      const project = await start();
      assert.equal((await update(project, [], prompts)).code, 2);
      assert.equal(git('ls-files', '--unmerged'), '');
    });

  it('is nothing where git is at something else, which is said; the update is written', async () => {
    const project = await start();
    writeFileSync(join(folder(), '.git/index.lock'), '');
    const { code, stdout, stderr } = await update(project, [], answering('yes'));
    assert.equal(code, 2);
    assert.match(stdout, /✖ 2 conflicts for you to settle:/);
    assert.match(stderr.replaceAll(/\s+/g, ' '), /git was not told of them: .*index\.lock/);
  });

  it('is every side of each marked file, where the answer is yes; git add settles it', async () => {
    const project = await start();
    assert.equal((await update(project, [], answering('yes'))).code, 2);
    const sides = git('ls-files', '--unmerged').split('\n').filter(Boolean);
    assert.deepEqual(
      sides.map((line) => line.replace(/ [0-9a-f]{40} /, ' ')),
      ['100644 1\tf.txt', '100644 2\tf.txt', '100644 3\tf.txt', '100644 2\tnew.txt', '100644 3\tnew.txt'],
    );
    const texts = ['1', '2', '3'].map((stage) => git('show', `:${stage}:./f.txt`));
    assert.deepEqual(texts, ['a\n', 'mine\n', 'b\n']);
    assert.match(git('status', '--porcelain'), /^UU demo\/f\.txt$/m);
    git('add', '--all');
    assert.equal(git('ls-files', '--unmerged'), '');
  });
});
