import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { inspectTarget, readCurrent } from '../../src/project/target.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

describe('inspectTarget', () => {
  const folder = useTempFolder();

  it('sees that there is nothing, however deep', () => {
    const path = join(folder(), 'a/b/c');
    assert.deepEqual(inspectTarget(path), { folder: path, exists: false, entries: [] });
  });

  it('does not count a repository that was made first', () => {
    writeTree(folder(), { '.git/HEAD': 'ref: refs/heads/main' });
    assert.deepEqual(inspectTarget(folder()), { folder: folder(), exists: true, entries: [] });
  });

  it('counts everything else, hidden or not', () => {
    writeTree(folder(), { '.env': '', 'src/a.ts': '' });
    assert.deepEqual(inspectTarget(folder()).entries.toSorted(), ['.env', 'src']);
  });

  for (const [title, path] of [
    ['a file', 'file'],
    ['a file above', 'file/api'],
    ['a link that leads nowhere', 'link'],
  ] as const) {
    it(`refuses ${title} in place of the folder`, () => {
      writeTree(folder(), { file: '' });
      symlinkSync('nothing', join(folder(), 'link'));
      assert.throws(() => inspectTarget(join(folder(), path)), {
        code: 'TARGET_NOT_A_FOLDER',
        message: /(file|link) is not a folder/,
      });
    });
  }
});

describe('readCurrent', () => {
  const folder = useTempFolder();
  const read = (...paths: string[]): [string, string][] =>
    Array.from(readCurrent(inspectTarget(folder()), paths), ([path, content]) => [path, String(content)]);

  it('reads what is there', () => {
    writeTree(folder(), { 'a.txt': 'a', 'b/c.txt': 'c', 'd.txt': 'd' });
    assert.deepEqual(read('a.txt', 'b/c.txt', 'b/d/e.txt', 'x.txt'), [
      ['a.txt', 'a'],
      ['b/c.txt', 'c'],
    ]);
  });

  it('reads through links within the project', () => {
    writeTree(folder(), { 'real/a.txt': 'a' });
    symlinkSync('real', join(folder(), 'linked'));
    assert.deepEqual(read('linked/a.txt'), [['linked/a.txt', 'a']]);
  });

  it('finds nothing where there is no folder', () => {
    assert.equal(readCurrent(inspectTarget(join(folder(), 'new')), ['a.txt']).size, 0);
  });

  const refused: [title: string, path: string, code: string][] = [
    ['a folder in place of a file', 'folder', 'TARGET_NOT_A_FILE'],
    ['a file in place of a folder', 'file/a.txt', 'TARGET_NOT_A_FILE'],
    ['a file in place of a folder further up', 'file/a/b/c.txt', 'TARGET_NOT_A_FILE'],
    ['a link out of the project', 'out/a.txt', 'PATH_UNSAFE'],
    ['a link that leads nowhere', 'broken', 'PATH_UNSAFE'],
  ];
  for (const [title, path, code] of refused) {
    it(`refuses ${title}`, () => {
      writeTree(folder(), { file: '' });
      mkdirSync(join(folder(), 'folder'));
      symlinkSync('/', join(folder(), 'out'));
      symlinkSync('nothing', join(folder(), 'broken'));
      assert.throws(() => read(path), { code });
    });
  }
});
