import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies } from '../../src/project/install.ts';
import { useEnvironment } from '../environment.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';

describe('installDependencies', () => {
  const folder = useTempFolder();
  useEnvironment(() => ({ PATH: `${join(folder(), 'bin')}:/usr/bin:/bin` }));

  function stubNpm(script: string): void {
    writeTree(folder(), { 'bin/npm': `#!/bin/sh\n${script}\n`, 'demo/package.json': '{}' });
    chmodSync(join(folder(), 'bin/npm'), 0o755);
  }

  it('runs npm install in the project', async () => {
    stubNpm('pwd > called && echo "$@" >> called');
    assert.deepEqual(await installDependencies(join(folder(), 'demo'), 'pipe'), { kind: 'installed' });
    assert.equal(
      readTree(join(folder(), 'demo'))['called'],
      `${join(folder(), 'demo')}\ninstall --include=dev --no-audit --no-fund\n`,
    );
  });

  const failures: [title: string, script: string, message: string][] = [
    ['repeats what npm says', 'echo progress; echo "npm error no such package" >&2; exit 1', 'npm error no such package'],
    ['gives the exit code where npm says nothing', 'exit 7', 'npm ended with exit code 7'],
    ['gives the signal that ended npm', 'kill -TERM $$', 'npm ended with SIGTERM'],
  ];
  for (const [title, script, message] of failures) {
    it(title, async () => {
      stubNpm(script);
      assert.deepEqual(await installDependencies(join(folder(), 'demo'), 'pipe'), { kind: 'failed', message });
    });
  }

  it('says so when there is no npm', async () => {
    process.env['PATH'] = folder();
    const result = await installDependencies(folder(), 'pipe');
    assert.ok(result.kind === 'failed');
    assert.match(result.message, /npm ENOENT/);
  });

  it('reads all that npm prints, so that it never waits', async () => {
    stubNpm(
      'i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789012345678901234567890123456789; i=$((i+1)); done',
    );
    assert.deepEqual(await installDependencies(join(folder(), 'demo'), 'pipe'), { kind: 'installed' });
  });
});
