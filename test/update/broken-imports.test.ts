import assert from 'node:assert/strict';
import { findBrokenImports } from '../../src/update/broken-imports.ts';

describe('findBrokenImports', () => {
  const find = (text: string): string[] =>
    findBrokenImports(new Map([['src/routes/a.ts', text]]), new Set(['src/gone.ts', 'src/routes/gone.js'])).map(
      ({ path, missing }) => `${path} ${missing}`,
    );

  for (const text of [
    `import { a } from '../gone.ts';`,
    `import {\n  a,\n} from "../gone.ts";`,
    `import '../gone.ts';`,
    `export * from '../gone.ts';`,
    `const a = await import('../gone.ts');`,
    `import type { A } from '../gone.ts'; export { a } from '../gone.ts';`,
  ])
    it(`finds ${JSON.stringify(text)}`, () => assert.deepEqual(find(text), ['src/routes/a.ts src/gone.ts']));

  it('finds what lies beside, by require as well', () =>
    assert.deepEqual(find(`const gone = require('./gone.js');`), ['src/routes/a.ts src/routes/gone.js']));

  for (const text of [`import '../there.ts';`, `import 'gone.ts';`, `read('../gone.ts')`, `import './gone.ts';`])
    it(`finds nothing in ${text}`, () => assert.deepEqual(find(text), []));
});
