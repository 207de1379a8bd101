import assert from 'node:assert/strict';
import fs, { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

describe('apply, where there is no folder yet', () => {
  const folder = useTempFolder();

  it('writes everything, with the folders above', async () => {
    const path = join(folder(), 'a/b/demo');
    const bytes = Uint8Array.of(0x00, 0xff);
    await apply(
      [
        { path: 'x/y.txt', content: 'ä\r\n' },
        { path: '.z', content: bytes },
      ],
      inspectTarget(path),
    );
    assert.deepEqual(readTree(folder()), { 'a/b/demo/.z': Buffer.from(bytes).toString(), 'a/b/demo/x/y.txt': 'ä\r\n' });
  });

  it('gives files and folders their usual modes, and what is executable its bit', async () => {
    const umask = process.umask(0o022);
    try {
      const path = join(folder(), 'demo');
      await apply(
        [
          { path: 'bin/run', content: '', executable: true },
          { path: 'a', content: '' },
        ],
        inspectTarget(path),
      );
      const modes = ['', 'bin', 'bin/run', 'a'].map((name) => (statSync(join(path, name)).mode & 0o777).toString(8));
      assert.deepEqual(modes, ['755', '755', '755', '644']);
    } finally {
      process.umask(umask);
    }
  });

  const clash: readonly FileToWrite[] = [
    { path: 'a.txt', content: 'a' },
    { path: 'src', content: '' },
    { path: 'src/a.ts', content: '' },
  ];

  it('leaves nothing when a file cannot be written', async () => {
    await assert.rejects(apply(clash, inspectTarget(join(folder(), 'demo'))), { code: 'WRITE_FAILED', message: /EEXIST/ });
    assert.deepEqual(readdirSync(folder()), []);
  });

  it('leaves nothing of the folders above either, but keeps those that were there', async () => {
    writeTree(folder(), { 'a/keep.txt': '' });
    await assert.rejects(apply(clash, inspectTarget(join(folder(), 'a/b/c/demo'))));
    assert.deepEqual(readTree(folder()), { 'a/keep.txt': '' });
  });

  it('says what the system says, and leaves nothing, when there can be no such folder', async () => {
    const target = inspectTarget(join(folder(), 'a/b', 'long'.repeat(99)));
    await assert.rejects(apply([{ path: 'a.txt', content: 'a' }], target), {
      code: 'WRITE_FAILED',
      message: /ENAMETOOLONG.*Nothing was changed/,
    });
    assert.deepEqual(readdirSync(folder()), []);
  });

  it('leaves alone a folder that came to be in the meantime', async () => {
    const target = inspectTarget(join(folder(), 'demo'));
    writeTree(folder(), { 'demo/mine.txt': 'mine' });
    await assert.rejects(apply([{ path: 'a.txt', content: 'a' }], target), { code: 'WRITE_FAILED', message: /ENOTEMPTY/ });
    assert.deepEqual(readTree(folder()), { 'demo/mine.txt': 'mine' });
  });
});

describe('apply, into a folder', () => {
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

  it('refuses a file that is not what was decided on', async () => {
    writeTree(folder(), { 'a.txt': 'changed meanwhile' });
    const steps = [{ path: 'a.txt', content: 'new', expected: 'absent' }];
    await assert.rejects(apply(steps, inspectTarget(folder())), { code: 'CHANGED_MEANWHILE', message: /a\.txt/ });
    assert.deepEqual(readTree(folder()), { 'a.txt': 'changed meanwhile' });
  });

  it('does not listen to signals any longer than it must', async () => {
    const listeners = process.listenerCount('SIGINT');
    await apply([{ path: 'a.txt', content: '' }], inspectTarget(folder()));
    await assert.rejects(apply([{ path: 'a.txt/b', content: '' }], inspectTarget(folder())));
    assert.equal(process.listenerCount('SIGINT'), listeners);
  });
});
