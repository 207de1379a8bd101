import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { apply, type FileToWrite } from '../../src/project/apply.ts';
import { inspectTarget } from '../../src/project/target.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';

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

  it('removes what a killed run of the same project had staged, and nothing else', async () => {
    const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
    const host = hostname().replaceAll(/\W/g, '').slice(0, 20);
    const kept = [
      `.demo.tsflask-${host}-${process.ppid}-aaaaaa`,
      `.demo.tsflask-elsewhere-${dead}-aaaaaa`,
      `.other.tsflask-${host}-${dead}-aaaaaa`,
      `.demo.tsflask-${host}-${dead}-mine-too`,
    ];
    for (const name of [...kept, `.demo.tsflask-${host}-${dead}-aaaaaa`])
      mkdirSync(join(folder(), name, 'next'), { recursive: true });
    await apply([{ path: 'a.txt', content: 'a' }], inspectTarget(join(folder(), 'demo')));
    assert.deepEqual(readdirSync(folder()).toSorted(), [...kept, 'demo'].toSorted());
  });
});
