import assert from 'node:assert/strict';
import { renderProject } from '../../src/testing.ts';

/** What the owner of the default project has to read, at most; without the records and locks, which nobody reads. */
const budgets: [folder: string, files: number, lines: number][] = [
  ['', 76, 4200],
  ['src/lambda/', 4, 250],
  ['scripts/', 9, 850],
  ['test/', 11, 680],
  ['terraform/', 20, 1250],
];

describe('the default project', () => {
  let files: Readonly<Record<string, string>>;
  before(async () => {
    files = await renderProject([]);
  });

  for (const [folder, mostFiles, mostLines] of budgets) {
    it(`has at most ${mostFiles} files and ${mostLines} lines in ${folder || 'all'}`, () => {
      const texts = Object.entries(files).filter(([path]) => path.startsWith(folder) && !/lock\.(?:json|hcl)$/.test(path));
      const lines = texts.reduce((sum, [, text]) => sum + text.split('\n').length - 1, 0);
      assert.ok(texts.length > 0);
      assert.ok(texts.length <= mostFiles && lines <= mostLines, `${texts.length} files, ${lines} lines`);
    });
  }
});
