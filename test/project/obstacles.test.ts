import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { undoLast } from '../../src/project/undo.ts';
import { useTempFolder } from '../temp-folder.ts';
import { runTask, type TaskOptions } from './torture-run.ts';
import { sceneSteps, snapshot, writeScene } from './torture-scene.ts';

const isRoot = process.getuid?.() === 0;
/** No permission stops root. */
const somebody = isRoot ? { uid: 65_534, gid: 65_534 } : {};

describe('an obstacle in the way of an update', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const project = (): string => join(folder(), 'project');
  const update = () => apply(sceneSteps(), { folder: project(), exists: true, entries: [] }, { undo: 'keep' });
  let before: Record<string, string>;

  beforeEach(() => {
    mkdirSync(project());
    writeScene(project());
    before = snapshot(project());
  });

  /** Nothing has changed; without the obstacle it is done, and can be undone. */
  function checkUntouched(): void {
    assert.equal(recover(project()), undefined);
    assert.deepEqual(snapshot(project()), before);
    assert.equal(existsSync(join(project(), '.tsflask/local')), false);
  }

  async function checkRerun(): Promise<void> {
    await update();
    assert.notDeepEqual(snapshot(project()), before);
    await undoLast(project());
    assert.deepEqual(snapshot(project()), before);
  }

  const refused: [title: string, path: string, bits: number, found: RegExp][] = [
    ['a folder that is read-only', 'src/part-3', 0o555, /EACCES/],
    ['a folder that is read-only and to be emptied', 'gone/deep/er', 0o555, /EACCES/],
    ['a project that is read-only', '.', 0o555, /EACCES/],
    ['records that are read-only', '.tsflask', 0o555, /EACCES/],
    ['a file that cannot be read', 'src/part-0/file-0.ts', 0o000, /EACCES/],
  ];
  for (const [title, path, bits, found] of refused) {
    it(`leaves everything as it was: ${title}`, () => {
      if (isRoot) execFileSync('chown', ['-hR', '65534:65534', folder()]);
      chmodSync(join(project(), path), bits);
      before = snapshot(project());
      const { outcome, message } = runTask('apply', project(), somebody);
      assert.equal(outcome, 'WRITE_FAILED', message);
      assert.match(message, found);
      checkUntouched();
      chmodSync(join(project(), path), 0o755);
      assert.equal(runTask('apply', project(), somebody).outcome, 'done');
    });
  }

  it('replaces a file that is read-only, in a folder that is not', () => {
    if (isRoot) execFileSync('chown', ['-hR', '65534:65534', folder()]);
    chmodSync(join(project(), 'src/part-0/file-0.ts'), 0o444);
    assert.equal(runTask('apply', project(), somebody).outcome, 'done');
  });

  it('leaves everything as it was: a file that nobody may replace', async function () {
    const file = join(project(), 'src/part-4/file-39.ts');
    if (spawnSync('chattr', ['+i', file]).status !== 0) return this.skip();
    try {
      await assert.rejects(update(), { code: 'WRITE_FAILED', message: /EPERM/ });
      checkUntouched();
    } finally {
      execFileSync('chattr', ['-i', file]);
    }
    await checkRerun();
  });

  for (const spare of [0, 1, 2]) {
    it(`is all or nothing where ${spare} more files can be opened`, async () => {
      const options: TaskOptions = { shell: 'ulimit -n 64;', env: { ...process.env, TSFLASK_SPARE: String(spare) } };
      const { outcome, message } = runTask('apply', project(), options);
      assert.equal(outcome, spare === 0 ? 'WRITE_FAILED' : 'done', message);
      if (spare > 0) await undoLast(project());
      checkUntouched();
      await checkRerun();
    });
  }

  it('minds neither many files of the user nor a large one', async () => {
    mkdirSync(join(project(), 'src/many'));
    for (let number = 0; number < 5000; number += 1) writeFileSync(join(project(), `src/many/${number}.txt`), '');
    writeFileSync(join(project(), 'src/part-0/large.bin'), Buffer.alloc(50_000_000, 1));
    const large = { kind: 'remove', path: 'src/part-0/large.bin' } as const;
    before = snapshot(project());
    await apply([...sceneSteps(), large], { folder: project(), exists: true, entries: [] }, { undo: 'keep' });
    assert.equal(existsSync(join(project(), large.path)), false);
    await undoLast(project());
    assert.deepEqual(snapshot(project()), before);
  });
});
