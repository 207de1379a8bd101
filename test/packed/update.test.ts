import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../temp-folder.ts';
import { usePrefix } from './prefix.ts';

describe('the tarball, on a project', function () {
  this.timeout(60_000);
  const prefix = usePrefix();
  let project = '';

  function tsflask(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync('tsflask', args, { cwd: project, env: prefix().env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs it, and gives what it printed where it ended as it was to. */
  function ending(status: number, ...args: readonly string[]): string {
    const run = tsflask(...args);
    assert.deepEqual([run.status, run.stderr], [status, '']);
    return run.stdout;
  }

  before(() => {
    project = prefix().createFolder('demo');
    ending(0, 'new', '.', '--name=demo', '--yes', '--skip-install', '--no-git', '--quiet');
  });

  it('finds nothing to do', () => {
    assert.match(ending(0, 'check'), /✔ demo is as tsflask .* emits it\./);
    assert.equal(ending(0, 'diff'), '');
    assert.match(ending(0, 'update'), /is up to date/);
  });

  it('shows, merges, marks and takes back', () => {
    const path = join(project, 'package.json');
    const edited = { ...(JSON.parse(readFileSync(path, 'utf8')) as object), mine: true };
    writeFileSync(path, `${JSON.stringify(edited, null, 4)}\n`);
    appendFileSync(join(project, 'README.md'), 'mine\n');
    writeFileSync(join(project, 'src/app.ts'), '// mine\n');
    const before = readTree(project);
    const answers = ['--framework=express', '--gateway=rest'];
    assert.match(ending(0, 'diff', ...answers), /^\+<<<<<<< yours$/m);
    const report = ending(2, 'update', ...answers);
    assert.match(report, /✖ 1 conflict for you to settle:\n {4}src\/app\.ts {2}1 place/);
    const merged = JSON.parse(readFileSync(path, 'utf8')) as { mine: boolean; dependencies: Record<string, string> };
    assert.deepEqual([merged.mine, 'express' in merged.dependencies], [true, true]);
    assert.match(readFileSync(join(project, 'README.md'), 'utf8'), /\nmine\n$/);
    assert.match(ending(2, 'check'), /With conflicts that are still marked: src\/app\.ts/);
    assert.match(ending(0, 'update', '--undo'), /The last update is undone/);
    assert.deepEqual(readTree(project), before);
  });
});
