import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readCode } from '../../src/project/read-code.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

describe('readCode', () => {
  const folder = useTempFolder();

  it('reads code alone, of the project alone', () => {
    writeTree(folder(), {
      'src/a.ts': 'a',
      'src/deep/b.mjs': 'b',
      'src/page.html': '',
      'src/node_modules/c/c.js': '',
      'dist/d.js': '',
      'test/e.test.ts': 'e',
    });
    mkdirSync(join(folder(), 'src/folder.ts'));
    symlinkSync('nowhere', join(folder(), 'src/broken.ts'));
    assert.deepEqual(Object.fromEntries(readCode(folder())), { 'src/a.ts': 'a', 'src/deep/b.mjs': 'b', 'test/e.test.ts': 'e' });
  });

  it('reads nothing where there is nothing', () => assert.equal(readCode(folder()).size, 0));
});
