import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { framework } from '../../src/answers/framework.ts';
import { node } from '../../src/answers/node.ts';
import { renderProject } from '../../src/testing.ts';
import { lendModules } from '../lend-modules.ts';
import { writeTree } from '../temp-folder.ts';
import { bringNode } from './node-line.ts';

const frameworks = (framework.choices ?? []).map(({ value }) => value);

/** Each answer on the line it stands for; and on the newest line, which a laptop may have whatever Lambda runs. */
const runs = (node.choices ?? []).flatMap(({ value: answer }) => [
  { answer, line: answer },
  ...(answer === node.default ? [{ answer, line: '26' }] : []),
]);

for (const { answer, line } of runs) {
  describe(`a project for Node.js ${answer}, on ${line}`, function () {
    this.timeout(120_000);
    let folder = '';
    let env: NodeJS.ProcessEnv = {};
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tsflask-node-'));
      env = { ...process.env, PATH: [await bringNode(line), process.env['PATH']].join(delimiter), NODE_OPTIONS: '' };
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    function run(cwd: string, command: string, ...args: readonly string[]): string {
      const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env });
      assert.equal(status, 0, stdout + stderr);
      return stdout;
    }

    for (const name of frameworks) {
      it(`passes its own make test and make doors, with ${name}`, async () => {
        const project = join(folder, name);
        writeTree(project, await renderProject([], { node: answer, framework: name }));
        lendModules(project);
        assert.match(run(project, 'npm', 'exec', '--call', 'node --version'), new RegExp(`^v${line}\\.`));
        assert.match(run(project, 'make', 'test', 'doors'), /\d+ passing.*\d+ passing/s);
      });
    }
  });
}
