import assert from 'node:assert/strict';
import { listCases, readCase, renderCase } from './golden-case.ts';

describe('a golden project, as `npm run golden` writes it', () => {
  for (const name of listCases()) {
    it(`is what ${name} gives`, async () => {
      const [held, rendered] = [readCase(name), await renderCase(name)];
      assert.deepEqual(Object.keys(held.expected), Object.keys(rendered.expected));
      for (const [path, text] of Object.entries(rendered.expected)) assert.equal(held.expected[path], text, path);
      assert.deepEqual(held.removed, rendered.removed);
    });
  }
});
