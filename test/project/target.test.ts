import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { inspectTarget } from '../../src/project/target.ts';
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
