import assert from 'node:assert/strict';
import fs, { rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { apply, type FileToWrite } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { inspectTarget } from '../../src/project/target.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';

/** A file that does something to the disk when it is staged, which is behind the last look at what is there. */
function disturbing(path: string, disturb: () => void): FileToWrite {
  let turns = 0;
  return {
    path,
    get content() {
      turns += 1;
      if (turns === 2) disturb();
      return 'new';
    },
  };
}

/** Does something to the disk right before a file gets its new text. */
async function beforeRename(to: string, disturb: () => void, run: () => Promise<void>): Promise<void> {
  const { renameSync } = fs;
  fs.renameSync = (from, target) => {
    if (target === to) disturb();
    renameSync(from, target);
  };
  syncBuiltinESMExports();
  try {
    await run();
  } finally {
    fs.renameSync = renameSync;
    syncBuiltinESMExports();
  }
}

describe('apply, into a folder, when something fails', () => {
  const folder = useTempFolder();

  it('replaces what it is given and leaves the rest', async () => {
    writeTree(folder(), { 'a.txt': 'old', 'src/mine.ts': 'mine' });
    await apply(
      [
        { path: 'a.txt', content: 'new' },
        { path: 'src/b/c.ts', content: 'c' },
      ],
      inspectTarget(folder()),
    );
    assert.deepEqual(readTree(folder()), { 'a.txt': 'new', 'src/b/c.ts': 'c', 'src/mine.ts': 'mine' });
  });

  it('puts everything back when a file stands where a folder is to be', async () => {
    const before = { 'a.txt': 'old', lib: 'a file', 'src/mine.ts': 'mine' };
    writeTree(folder(), before);
    const files = ['a.txt', 'src/mine.ts', 'src/new/b.ts', 'new/c.ts', 'lib/d.ts'].map((path) => ({ path, content: 'new' }));
    await assert.rejects(apply(files, inspectTarget(folder())), { code: 'WRITE_FAILED', message: /EEXIST/ });
    assert.deepEqual(readTree(folder()), before);
  });

  it('puts everything back when the last one fails', async () => {
    const before = { 'a.txt': 'old', 'b.txt': 'old' };
    writeTree(folder(), before);
    const failing = disturbing('z/z.txt', () => writeFileSync(join(folder(), 'z'), 'in the way'));
    await assert.rejects(
      apply([{ path: 'a.txt', content: 'new' }, { path: 'n/n.txt', content: 'n' }, failing], inspectTarget(folder())),
      { code: 'WRITE_FAILED', message: /EEXIST/ },
    );
    assert.deepEqual(readTree(folder()), { ...before, z: 'in the way' });
  });

  it('keeps the old text of what somebody changed while it wrote, and says where', async () => {
    writeTree(folder(), { 'src/a.ts': 'mine', 'src/b.ts': 'b' });
    const steps = ['src/a.ts', 'src/b.ts'].map((path) => ({ path, content: 'new' }));
    const disturb = (): void => {
      rmSync(join(folder(), 'src'), { recursive: true });
      writeFileSync(join(folder(), 'src'), 'in the way');
    };
    await beforeRename(join(folder(), 'src/b.ts'), disturb, () =>
      assert.rejects(apply(steps, inspectTarget(folder())), {
        code: 'WRITE_FAILED',
        message: /stay as they are: src\/a.ts \(before: .tsflask\/local\/left-1\/kept\/0\)/,
      }),
    );
    assert.equal(readTree(folder())['.tsflask/local/left-1/kept/0'], 'mine');
  });

  it('says so when nothing can be put back, and the next command goes on', async () => {
    writeTree(folder(), { 'a.txt': 'old', 'b.txt': 'old' });
    const steps = ['a.txt', 'b.txt'].map((path) => ({ path, content: 'new' }));
    let isBroken = false;
    const breakDown = (): void => {
      isBroken = true;
    };
    const { renameSync } = fs;
    fs.renameSync = (from, to) => {
      if (isBroken) throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', syscall: 'rename' });
      renameSync(from, to);
    };
    try {
      await beforeRename(join(folder(), 'b.txt'), breakDown, () =>
        assert.rejects(apply(steps, inspectTarget(folder())), { code: 'UNDO_FAILED', message: /EIO.*run any tsflask command/ }),
      );
    } finally {
      fs.renameSync = renameSync;
      syncBuiltinESMExports();
    }
    assert.equal(recover(folder())?.kind, 'finished');
    assert.deepEqual(readTree(folder()), { 'a.txt': 'new', 'b.txt': 'new' });
  });

  it('does not listen to signals any longer than it must', async () => {
    const listeners = process.listenerCount('SIGINT');
    await apply([{ path: 'a.txt', content: '' }], inspectTarget(folder()));
    await assert.rejects(apply([{ path: 'a.txt/b', content: '' }], inspectTarget(folder())));
    assert.equal(process.listenerCount('SIGINT'), listeners);
  });
});
