import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type FileStep } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { undoLast } from '../../src/project/undo.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { runTask } from './torture-run.ts';
import { sceneSteps, snapshot, writeScene } from './torture-scene.ts';

describe('undoLast', () => {
  const folder = useTempFolder();
  const update = (steps: readonly FileStep[], options = { undo: 'keep' } as const) =>
    apply(steps, { folder: folder(), exists: true, entries: [] }, options);

  it('gives every file, link, folder and bit back, and names what is not a record', async () => {
    writeScene(folder());
    const before = snapshot(folder());
    await update(sceneSteps());
    const { restored, removed } = await undoLast(folder());
    assert.deepEqual(snapshot(folder()), before);
    assert.ok(restored.includes('was-file') && restored.includes('gone/deep/er/file-1.txt') && restored.includes('was-link'));
    assert.ok(removed.includes('was-file/b/c.txt') && removed.includes('made/three.bin'));
    assert.ok(![...restored, ...removed].includes('.tsflask/manifest.json'));
    await assert.rejects(undoLast(folder()), { code: 'UNDO_NOTHING' });
  });

  it('gives a folder its bits, too, when it is killed in between', async () => {
    writeScene(folder());
    const before = snapshot(folder());
    await update(sceneSteps());
    assert.equal(runTask('undo', folder(), { last: `chmodSync ${join(folder(), 'was-empty')}` }).outcome, undefined);
    assert.equal(recover(folder())?.kind, 'finished');
    assert.deepEqual(snapshot(folder()), before);
  });

  it('undoes the last one alone', async () => {
    writeTree(folder(), { 'a.txt': 'one' });
    await update([{ path: 'a.txt', content: 'two' }]);
    await update([{ path: 'a.txt', content: 'three' }]);
    await undoLast(folder());
    assert.deepEqual(readTree(folder()), { 'a.txt': 'two' });
    await assert.rejects(undoLast(folder()), { code: 'UNDO_NOTHING' });
  });

  it('has nothing to undo after what is not kept', async () => {
    await apply([{ path: 'a.txt', content: '' }], { folder: folder(), exists: true, entries: [] });
    await assert.rejects(undoLast(folder()), { code: 'UNDO_NOTHING' });
    assert.deepEqual(readTree(folder()), { 'a.txt': '' });
  });

  const touched: [title: string, touch: (at: (path: string) => string) => void, names: string][] = [
    ['edited files', (at) => ['a.txt', 'new/b.txt'].forEach((path) => writeFileSync(at(path), 'mine')), 'a.txt, new/b.txt'],
    ['a file that was deleted', (at) => rmSync(at('a.txt')), 'a.txt'],
    ['a file in place of one that was removed', (at) => writeFileSync(at('gone.txt'), 'mine'), 'gone.txt'],
    ['a folder in place of one that was removed', (at) => mkdirSync(at('gone.txt')), 'gone.txt'],
  ];
  for (const [title, touch, names] of touched) {
    it(`names ${title}, and changes nothing`, async () => {
      writeTree(folder(), { 'a.txt': 'old', 'gone.txt': 'old' });
      await update([
        { path: 'a.txt', content: 'new' },
        { path: 'new/b.txt', content: 'new' },
        { kind: 'remove', path: 'gone.txt' },
      ]);
      touch((path) => join(folder(), path));
      const before = readTree(folder());
      await assert.rejects(undoLast(folder()), {
        code: 'UNDO_IMPOSSIBLE',
        message: new RegExp(`Changed since the update: ${names}\\.`),
      });
      assert.deepEqual(readTree(folder()), before);
    });
  }

  it('leaves what the user has put into a new folder', async () => {
    await update([{ path: 'new/b.txt', content: 'new' }]);
    writeTree(folder(), { 'new/mine.txt': 'mine' });
    await undoLast(folder());
    assert.deepEqual(readTree(folder()), { 'new/mine.txt': 'mine' });
  });

  it('changes nothing where it fails midway', async () => {
    writeTree(folder(), { 'a.txt': 'old', lib: 'a file' });
    await update([
      { path: 'a.txt', content: 'new' },
      { kind: 'remove', path: 'lib' },
      { path: 'lib/b.txt', content: 'new' },
    ]);
    writeTree(folder(), { 'lib/mine.txt': 'in the way of the file' });
    const before = snapshot(folder());
    await assert.rejects(undoLast(folder()), { code: 'WRITE_FAILED' });
    assert.deepEqual(snapshot(folder()), before);
    rmSync(join(folder(), 'lib/mine.txt'));
    await undoLast(folder());
    assert.deepEqual(readTree(folder()), { 'a.txt': 'old', lib: 'a file' });
  });
});
