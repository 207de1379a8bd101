import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { renderProject } from '../../src/testing.ts';
import { lendModules } from '../lend-modules.ts';
import { writeTree } from '../temp-folder.ts';

describe('an emitted project passes its own make test', () => {
  let folder = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tsflask-environment-'));
    writeTree(folder, await renderProject([]));
    lendModules(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const environments = [{ DEBUG: '*' }, { NODE_ENV: 'production', CI: '1', LOG_LEVEL: 'error', PORT: '80' }];
  for (const variables of environments) {
    const title = Object.entries(variables)
      .map((pair) => pair.join('='))
      .join(' ');
    it(`with ${title}`, async () => {
      const env = { ...process.env, NODE_OPTIONS: '', ...variables };
      const child = spawn('make', ['test'], { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
      // What hangs is ended with all that it started.
      const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), 60_000);
      const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
      clearTimeout(timer);
      assert.equal(code, 0, output.slice(-5000));
    }).timeout(70_000);
  }
});
