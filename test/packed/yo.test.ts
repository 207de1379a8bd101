import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeTerminal, openTerminal } from '../terminal.ts';
import { usePrefix } from './prefix.ts';

const quick = ['--skip-install', '--no-git'];

// Version 7 is that of packed.test.ts.
for (const version of ['5', '6']) {
  describe(`the tarball, installed beside yo ${version}`, function () {
    this.timeout(60_000);
    const prefix = usePrefix(version);

    it('writes a project, and takes the flags of yo for its own', () => {
      const cwd = prefix().createFolder('flags');
      const args = ['tsflask', 'my-api', '-y', '--no-color', '--no-insight', '--no-update-notifier', ...quick];
      const { status, stdout, stderr } = spawnSync('yo', args, { cwd, env: prefix().env, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      assert.match(stdout, /✔ my-api: /);
      assert.ok(existsSync(join(cwd, 'my-api/.tsflask/manifest.json')));
    });

    it('fails with 1 and the reason alone', () => {
      const cwd = prefix().createFolder('refused');
      const { status, stderr } = spawnSync('yo', ['tsflask', '', '--yes'], { cwd, env: prefix().env, encoding: 'utf8' });
      assert.match(stderr, /NAME is empty\. Write a name such as my-api, or \. for the folder/);
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.equal(status, 1);
    });

    it('updates a project, and ends with 2 where markers are left', () => {
      const cwd = prefix().createFolder('update');
      const run = (folder: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } =>
        spawnSync('yo', args, { cwd: folder, env: prefix().env, encoding: 'utf8' });
      assert.equal(run(cwd, 'tsflask', 'my-api', '-y', ...quick).status, 0);
      const project = join(cwd, 'my-api');
      const readme = join(project, 'README.md');
      const update = (description: string): ReturnType<typeof run> =>
        run(join(project, 'src'), 'tsflask:update', '--description', description);
      assert.match(update('First words').stdout, /✔ my-api updated: 2 files/);
      writeFileSync(readme, readFileSync(readme, 'utf8').replace('First words', 'Words of mine'));
      const { status, stdout, stderr } = update('Second words');
      assert.equal(status, 2, stdout + stderr);
      assert.match(stdout, /1 conflict for you to settle:\n {4}README\.md/);
      assert.match(readFileSync(readme, 'utf8'), /^<<<<<<< yours\nWords of mine$/m);
    });

    describeTerminal('in a terminal (needs tmux)', () => {
      it('draws a menu as one, keeps a search that finds nothing, and comes back from Ctrl-Z', async () => {
        const cwd = prefix().createFolder('terminal');
        const env = { ...prefix().env, TERM: 'xterm' };
        const terminal = openTerminal('bash --norc', cwd, { env, columns: 80, rows: 24 });
        try {
          await terminal.see(/\$|#/);
          terminal.press(`yo tsflask my-api ${quick.join(' ')}`, 'Enter');
          await terminal.see(/\? What it does/);
          terminal.press('C-z');
          await terminal.see(/Stopped/);
          terminal.press('fg', 'Enter');
          await terminal.see(/fg\nyo tsflask/);
          terminal.press('x', 'Enter');
          await terminal.see(/\? AWS region to deploy to/);
          terminal.press('mars');
          // A menu says so at once, a text when it is taken.
          await terminal.see(/No results|deploy to mars/);
          terminal.press('Enter');
          await terminal.see(/does not have the form|No results/);
          terminal.press('C-u', 'eu-west-3');
          await terminal.see(version === '5' ? /deploy to eu-west-3/ : /❯ eu-west-3/);
          terminal.press('Enter');
          await terminal.see(/\? What stands in front[^]*❯ API Gateway HTTP API[^]*API Gateway REST API/);
          terminal.press('C-c');
          assert.match(
            await terminal.see(/To go on/),
            /To go on from here: yo tsflask my-api --description x --region eu-west-3/,
          );
        } finally {
          terminal.close();
        }
      });
    });
  });
}
