import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs, { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { apply, type FileStep, type FileToWrite } from '../../src/project/apply.ts';
import { digestOf } from '../../src/project/path-state.ts';
import { takeLock } from '../../src/project/lock.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { snapshot } from './torture-scene.ts';

describe('apply, what it replaces in a folder', () => {
  const folder = useTempFolder();
  const at = (path: string): string => join(folder(), path);
  const run = (...steps: FileStep[]) => apply(steps, { folder: folder(), exists: true, entries: [] });

  const bits: [title: string, step: Pick<FileToWrite, 'mode' | 'executable'>, mode: number][] = [
    ['the usual bits', {}, 0o644],
    ['the usual bits of what is run', { executable: true }, 0o755],
    ['the bits of before', { mode: 0o640 }, 0o640],
    ['the bits of before, and may be run by whoever may read it', { mode: 0o640, executable: true }, 0o750],
    ['the bits of before, and may not be run any more', { mode: 0o755, executable: false }, 0o644],
    ['special bits', { mode: 0o2664 }, 0o2664],
  ];
  for (const [title, step, mode] of bits) {
    it(`gives ${title}`, async () => {
      const umask = process.umask(0o022);
      try {
        writeTree(folder(), { a: 'old' });
        await run({ path: 'a', content: 'new', ...step });
        assert.equal((statSync(at('a')).mode & 0o7777).toString(8), mode.toString(8));
      } finally {
        process.umask(umask);
      }
    });
  }

  it('does without bits where there are none', async () => {
    const { chmodSync: own } = fs;
    fs.chmodSync = () => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'chmod' });
    };
    syncBuiltinESMExports();
    try {
      await run({ path: 'a', content: 'new', mode: 0o600 });
    } finally {
      fs.chmodSync = own;
      syncBuiltinESMExports();
    }
    assert.deepEqual(readTree(folder()), { a: 'new' });
  });

  it('copies old files where there are no second names, and still puts them back', async () => {
    writeTree(folder(), { a: 'old', b: 'old', 'in the way/c': '' });
    chmodSync(at('a'), 0o640);
    const before = snapshot(folder());
    const { linkSync: own } = fs;
    fs.linkSync = () => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' });
    };
    syncBuiltinESMExports();
    try {
      const steps: FileStep[] = [
        { path: 'a', content: 'new' },
        { kind: 'remove', path: 'b' },
      ];
      await assert.rejects(run(...steps, { path: 'in the way', content: '' }), { code: 'WRITE_FAILED', message: /EISDIR/ });
      assert.deepEqual(snapshot(folder()), before);
      await run(...steps);
    } finally {
      fs.linkSync = own;
      syncBuiltinESMExports();
    }
    assert.equal(readFileSync(at('a'), 'utf8'), 'new');
  });

  const unexpected: [title: string, step: FileStep][] = [
    ['a file that was edited', { path: 'a', content: 'new', expected: digestOf('older') }],
    ['a file that is new', { path: 'a', content: 'new', expected: 'absent' }],
    ['a file that is gone', { path: 'gone', content: 'new', expected: digestOf('old') }],
    ['a file that is to be removed', { kind: 'remove', path: 'a', expected: digestOf('older') }],
  ];
  for (const [title, step] of unexpected) {
    it(`names ${title} since it was decided on, and writes nothing`, async () => {
      writeTree(folder(), { a: 'old' });
      const found = { code: 'CHANGED_MEANWHILE', message: new RegExp(`looked at it: ${step.path}\\.`) };
      await assert.rejects(run({ path: 'b', content: 'new' }, step), found);
      assert.deepEqual(readTree(folder()), { a: 'old' });
    });
  }

  it('takes nothing for a file that is none', async () => {
    writeTree(folder(), { 'a/b': 'mine' });
    await assert.rejects(run({ kind: 'remove', path: 'a' }), { code: 'TARGET_NOT_A_FILE' });
    spawnSync('mkfifo', [at('pipe')]);
    await assert.rejects(run({ path: 'pipe', content: '' }), { code: 'TARGET_NOT_A_FILE' });
    assert.deepEqual(readdirSync(folder()).toSorted(), ['a', 'pipe']);
  });

  it('lets one of two at a time', async () => {
    const lock = takeLock(folder());
    await assert.rejects(run({ path: 'a', content: '' }), { code: 'LOCKED' });
    lock.release();
    const both = await Promise.allSettled([run({ path: 'a', content: 'one' }), run({ path: 'a', content: 'two' })]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    assert.deepEqual(readTree(folder()), { a: 'one' });
  });

  it('finishes what Ctrl-C comes too late for', () => {
    writeTree(folder(), { a: 'old', b: 'old' });
    const source = JSON.stringify(new URL('../../src/project/apply.ts', import.meta.url).href);
    const program = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      import { apply } from ${source};
      const { renameSync } = fs;
      fs.renameSync = (from, to) => {
        if (to.endsWith('/b')) process.kill(process.pid, 'SIGINT');
        renameSync(from, to);
      };
      syncBuiltinESMExports();
      const steps = ['a', 'b', 'c'].map((path) => ({ path, content: 'new' }));
      await apply(steps, { folder: process.argv[1], exists: true, entries: [] });
      console.log('written');`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program, folder()], { encoding: 'utf8' });
    assert.equal(stdout, 'written\n');
    assert.deepEqual(readTree(folder()), { a: 'new', b: 'new', c: 'new' });
  });
});
