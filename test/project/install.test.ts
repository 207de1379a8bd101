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
    assert.deepEqual(await installDependencies(join(folder(), 'demo')), { kind: 'installed' });
    assert.equal(
      readTree(join(folder(), 'demo'))['called'],
      `${join(folder(), 'demo')}\ninstall --include=dev --no-audit --no-fund --fetch-retries=1 --fetch-retry-mintimeout=1000 --loglevel=http\n`,
    );
  });

  const failures: [title: string, script: string, message: string][] = [
    ['repeats what npm says', 'echo progress; echo "npm error no such package" >&2; exit 1', 'npm error no such package'],
    [
      'leaves out what npm says of its requests',
      'echo "npm http fetch GET 404 https://example.org/koa 3ms" >&2; echo "npm error 404" >&2; exit 1',
      'npm error 404',
    ],
    ['gives the exit code where npm says nothing', 'exit 7', 'npm ended with exit code 7'],
    ['gives the signal that ended npm', 'kill -TERM $$', 'npm ended with SIGTERM'],
  ];
  for (const [title, script, message] of failures) {
    it(title, async () => {
      stubNpm(script);
      assert.deepEqual(await installDependencies(join(folder(), 'demo')), { kind: 'failed', message });
    });
  }

  it('says so when there is no npm', async () => {
    process.env['PATH'] = folder();
    assert.deepEqual(await installDependencies(folder()), { kind: 'failed', message: 'npm is not on the PATH.' });
  });

  it('takes the manager of a workspace, and what it complains of on its standard output', async () => {
    writeTree(folder(), { 'bin/pnpm': '#!/bin/sh\necho "ERR_PNPM $*"; exit 1\n', 'demo/package.json': '{}' });
    chmodSync(join(folder(), 'bin/pnpm'), 0o755);
    const result = await installDependencies(join(folder(), 'demo'), { manager: 'pnpm' });
    assert.deepEqual(result, { kind: 'failed', message: 'ERR_PNPM install' });
  });

  it('says what npm is at', async () => {
    stubNpm('echo "npm http fetch GET 200 https://example.org/koa 3ms" >&2; sleep 1.2');
    const shown: string[] = [];
    await installDependencies(join(folder(), 'demo'), { onProgress: (text) => shown.push(text) });
    assert.deepEqual(shown.slice(0, 2), [
      'Installing dependencies with npm (Ctrl-C skips it): 0 fetched, 0 s',
      'Installing dependencies with npm (Ctrl-C skips it): 1 fetched, 1 s',
    ]);
  });

  const patience = { firstMs: 300, nextMs: 900 };
  const silences: [title: string, script: string, kind: string][] = [
    ['does not wait for a registry that never answers', 'exec sleep 20', 'failed'],
    [
      'does not take another attempt for an answer',
      'while :; do echo "npm http fetch GET https://example.org/koa attempt 1 failed with ETIMEDOUT" >&2; sleep 0.1; done',
      'failed',
    ],
    [
      'waits longer for one that answers',
      'echo "npm http fetch GET 200 https://example.org/koa 3ms" >&2; sleep 0.6; echo added 1 package; sleep 0.6',
      'installed',
    ],
  ];
  for (const [title, script, kind] of silences) {
    it(title, async () => {
      stubNpm(script);
      const result = await installDependencies(join(folder(), 'demo'), { patience });
      assert.equal(result.kind, kind);
      if (result.kind === 'failed') assert.match(result.message, /^The registry did not answer for \d+ s, so npm was ended\.$/);
    });
  }

  it('is skipped by Ctrl-C, which ends nothing else', async () => {
    stubNpm('exec sleep 20');
    const running = installDependencies(join(folder(), 'demo'));
    setTimeout(() => process.kill(process.pid, 'SIGINT'), 200);
    assert.deepEqual(await running, { kind: 'skipped' });
  });

  it('reads all that npm prints, so that it never waits', async () => {
    stubNpm(
      'i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789012345678901234567890123456789; i=$((i+1)); done',
    );
    assert.deepEqual(await installDependencies(join(folder(), 'demo')), { kind: 'installed' });
  });
});
