import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNew } from '../../src/commands/new.ts';
import { stubTerminal } from '../commands/stub-terminal.ts';
import { gitEnvironment } from '../environment.ts';
import { useTempFolder } from '../temp-folder.ts';

describe('the records of an emitted project', () => {
  const folder = useTempFolder();

  function git(...args: readonly string[]): string {
    const env = { ...process.env, ...gitEnvironment };
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: join(folder(), 'demo'), encoding: 'utf8', env });
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  }

  beforeEach(async () => {
    await runNew(['demo', '--yes', '--skip-install', '--no-git', '--quiet'], stubTerminal(folder()).terminal);
    git('init', '--quiet');
    git('add', '.');
  });

  it('keep the emitted texts out of git grep and git diff', () => {
    const found = git('grep', 'createApp').trim().split('\n');
    assert.ok(found.some((line) => line.startsWith('src/app.ts:')));
    assert.deepEqual(
      found.filter((line) => line.includes('.tsflask')),
      ['Binary file .tsflask/base.json matches'],
    );
    appendFileSync(join(folder(), 'demo/.tsflask/base.json'), '\n');
    assert.match(git('diff'), /^Binary files a\/\.tsflask\/base\.json and b\/\.tsflask\/base\.json differ$/m);
  });

  it('name no folder of the machine, and hold each text once', () => {
    const text = readFileSync(join(folder(), 'demo/.tsflask/manifest.json'), 'utf8');
    assert.ok(!text.includes(folder()));
    const { files } = JSON.parse(text) as { files: Readonly<Record<string, { policy: string; sha256?: string }>> };
    const summed = Object.entries(files).filter(([, { sha256 }]) => sha256 !== undefined);
    // All else is text that updates merge.
    assert.deepEqual(
      summed.map(([path, { policy }]) => [path, policy]),
      [
        ['src/routes/hello.ts', 'once'],
        ['test/routes/hello.test.ts', 'once'],
      ],
    );
  });
});
