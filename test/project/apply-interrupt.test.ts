import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';

const source = new URL('../../src/', import.meta.url);

/** Presses Ctrl-C while files are staged, in a process of its own; gives what was printed. */
function interrupt(folder: string, prelude: string): string {
  const program = `
    import { apply } from ${JSON.stringify(new URL('project/apply.ts', source).href)};
    import { inspectTarget } from ${JSON.stringify(new URL('project/target.ts', source).href)};
    ${prelude}
    const pressing = { content: '', get path() { process.kill(process.pid, 'SIGINT'); return 'b.txt'; } };
    await apply([{ path: 'a.txt', content: 'new' }, pressing], inspectTarget(process.argv[1]))
      .then(() => console.log('written'), (error) => console.log(error.name));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program, folder], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout.trim();
}

describe('Ctrl-C while files are staged', () => {
  const folder = useTempFolder();

  it('leaves no new folder', () => {
    assert.equal(interrupt(join(folder(), 'demo'), ''), 'Interrupted');
    assert.deepEqual(readTree(folder()), {});
  });

  it('leaves a folder as it was, also when the run has waited for a file before', () => {
    writeTree(folder(), { 'a.txt': 'old' });
    const prelude = "import { readFile } from 'node:fs/promises'; await readFile(process.execPath);";
    assert.equal(interrupt(folder(), prelude), 'Interrupted');
    assert.deepEqual(readTree(folder()), { 'a.txt': 'old' });
  });
});
