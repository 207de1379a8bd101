import assert from 'node:assert/strict';
import { lineInJson } from '../../src/plan/json-line.ts';

const text = `{
  "a": [
    1, [2, 3],
    { "b": "a \\" } ]",
      "c": {} } ],

  "d:e": "a"
}`;

describe('lineInJson', () => {
  const cases: [path: readonly (string | number)[], line: number | undefined][] = [
    [[], 1],
    [['a'], 2],
    [['a', 0], 3],
    [['a', 1, 1], 3],
    [['a', 2], 4],
    [['a', 2, 'b'], 4],
    [['a', 2, 'c'], 5],
    [['d:e'], 7],
    [['b'], undefined],
    [['a', 3], undefined],
  ];
  for (const [path, line] of cases) it(JSON.stringify(path), () => assert.equal(lineInJson(text, path), line));
});
