import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { questionsOf } from '../src/commands/prepare.ts';
import { lintOverlay } from '../src/plan/lint.ts';
import { loadBuiltInOverlays } from '../src/project/built-in-overlays.ts';
import { loadOverlay } from '../src/project/load-overlay.ts';
import { renderProject } from '../src/testing.ts';
import { useTempFolder, writeTree } from './temp-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const example = join(root, 'docs/examples/ping');

const ask = `
import { createServer } from 'node:http';
import { createListener } from './src/app.ts';
const server = createServer(createListener()).listen(0, '127.0.0.1', async () => {
  const answer = await fetch('http://127.0.0.1:' + server.address().port + '/ping');
  console.log(JSON.stringify([answer.status, answer.headers.get('x-served-by'), await answer.json()]));
  process.exit();
});`;

describe('the example of a route and a middleware', () => {
  const folder = useTempFolder();

  it('passes tsflask lint', () => {
    const builtIn = loadBuiltInOverlays();
    assert.deepEqual(lintOverlay(loadOverlay(example), builtIn, questionsOf(builtIn)), { errors: [], warnings: [] });
  });

  it('answers, is typed and formatted as the rest', async function () {
    this.timeout(60_000);
    writeTree(folder(), await renderProject([example]));
    symlinkSync(join(root, 'node_modules'), join(folder(), 'node_modules'));
    const run = (program: string, ...args: readonly string[]): string => {
      const env = { ...process.env, LOG_LEVEL: 'error' };
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder(), encoding: 'utf8', env });
      assert.equal(status, 0, stdout + stderr);
      return stdout;
    };
    run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '--noEmit');
    run(join(root, 'node_modules/.bin/oxfmt'), '--check', 'src');
    const answer = run(process.execPath, '--input-type=module', '-e', ask);
    assert.deepEqual(JSON.parse(answer.trim().split('\n').at(-1) ?? ''), [200, 'acme', { pong: true }]);
  });
});
