import assert from 'node:assert/strict';
import { isWellFormed, pathOf } from '../../templates/service/files/src/middleware/target.ts';

describe('the target of a request', () => {
  const cases: [target: string, path: string, isFine: boolean][] = [
    ['/', '/', true],
    ['/a?b=/c?d', '/a', true],
    ['/a%20b%2Fc', '/a%20b%2Fc', true],
    ['//a', '//a', true],
    ['*', '*', true],
    ['http://a.example', '/', true],
    ['http://a.example:80/b?c', '/b', true],
    ['http://[::1/x', '/x', false],
    ['/%zz', '/%zz', false],
    ['/%ff', '/%ff', false],
    ['http://a.example/%', '/%', false],
    ['/a?b=%zz', '/a', true],
  ];
  for (const [target, path, isFine] of cases) {
    it(`${target} has the path ${path} and is ${isFine ? '' : 'not '}well-formed`, () =>
      assert.deepEqual([pathOf(target), isWellFormed(target)], [path, isFine]));
  }
});
