import assert from 'node:assert/strict';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runNew } from '../../src/commands/new.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

describe('tsflask new, after the writing', () => {
  const folder = useTempFolder();
  useEnvironment(() => ({ ...gitEnvironment, PATH: `${join(folder(), 'bin')}:/usr/bin:/bin` }));

  async function run(npm: string, code = 0, output = '--json'): Promise<{ stdout: string; stderr: string }> {
    writeTree(folder(), { 'bin/npm': `#!/bin/sh\n${npm}\n` });
    chmodSync(join(folder(), 'bin/npm'), 0o755);
    const { terminal, printed } = stubTerminal(folder());
    assert.equal(await runNew(['demo', '--yes', output], terminal), code);
    return printed();
  }

  it('installs, then commits what the install made', async () => {
    const { stdout } = await run('echo {} > package-lock.json');
    const report = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([report['install'], report['git']], [{ kind: 'installed' }, { kind: 'committed' }]);
    assert.ok(statSync(join(folder(), 'demo/.git')).isDirectory());
  });

  it('keeps the project when the install fails', async () => {
    const { stdout } = await run('echo no network >&2; exit 1', 1);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual([report['install'], report['git']], [{ kind: 'failed', message: 'no network' }, { kind: 'committed' }]);
    assert.ok(existsSync(join(folder(), 'demo/.tsflask/manifest.json')));
  });

  it('says what failed also when it is to be quiet, and fails', async () => {
    const { stdout, stderr } = await run('echo no network >&2; exit 1', 1, '--quiet');
    assert.equal(stdout, '');
    assert.match(stderr, /^! npm install failed; the project is complete without it\.[^]*\n {4}no network\n\n$/);
  });

  it('announces the install, and how to skip it', async () => {
    const { stderr } = await run('exit 0', 0, '--name=demo');
    assert.equal(stderr, 'Installing dependencies with npm (Ctrl-C skips it)\n');
  });
});
