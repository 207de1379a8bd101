import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatJson, layJson, mergeJson, type Json } from '../../src/plan/merge-json.ts';

describe('mergeJson', () => {
  const cases: [title: string, under: Json, over: Json, merged: Json][] = [
    ['merges objects', { a: 1, b: { c: 1 } }, { b: { d: 2 } }, { a: 1, b: { c: 1, d: 2 } }],
    ['unites arrays, each entry once', [1, { a: 1 }], [{ a: 1 }, 2], [1, { a: 1 }, 2]],
    ['deletes by null', { a: 1, b: 2 }, { a: null, c: null }, { b: 2 }],
    ['deletes by null below a key that is new', {}, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
    ['keeps null in an array', [null], [1], [null, 1]],
    ['replaces anything else', { a: 1, b: [1], c: {} }, { a: '1', b: { d: 1 }, c: [2] }, { a: '1', b: { d: 1 }, c: [2] }],
    ['keeps the order of the lower one', { b: 1, a: 1 }, { a: 2, c: 2, b: 2 }, { b: 2, a: 2, c: 2 }],
  ];
  for (const [title, under, over, merged] of cases) {
    it(title, () => assert.equal(JSON.stringify(mergeJson(under, over)), JSON.stringify(merged)));
  }

  it('takes __proto__ for a key', () => {
    const parse = (text: string): Json => JSON.parse(text) as Json;
    const merged = mergeJson(parse('{"__proto__": {"a": 1}}'), parse('{"__proto__": {"b": 2}, "c": {"__proto__": 3}}'));
    assert.equal(JSON.stringify(merged), '{"__proto__":{"a":1,"b":2},"c":{"__proto__":3}}');
    assert.equal('a' in {}, false);
  });
});

describe('formatJson', () => {
  const cases: [title: string, path: string, value: Json, text: string][] = [
    ['writes a short list on one line', 'a.json', { a: ['b', 1] }, '{\n  "a": ["b", 1]\n}\n'],
    [
      'writes a long list line by line',
      'a.json',
      ['x'.repeat(40), 'y'.repeat(40)],
      `[\n  "${'x'.repeat(40)}",\n  "${'y'.repeat(40)}"\n]\n`,
    ],
    ['writes what is empty on one line', 'a.json', { a: {}, b: [] }, '{\n  "a": {},\n  "b": []\n}\n'],
    ['writes lists of objects line by line', 'a.json', [{ a: 1 }], '[\n  {\n    "a": 1\n  }\n]\n'],
    ['leaves alone what looks like a list in a text', 'a.json', ['a ]', '[ b'], '["a ]", "[ b"]\n'],
    ['writes a package.json as npm does', 'sub/package.json', { files: ['a'] }, '{\n  "files": [\n    "a"\n  ]\n}\n'],
    [
      'gives a package.json its usual order',
      'package.json',
      { zzz: 1, devDependencies: {}, dependencies: { b: '1', a: '1', B: '1' }, name: 'x', aaa: 1, version: '1' },
      '{\n  "name": "x",\n  "version": "1",\n  "dependencies": {\n    "B": "1",\n    "a": "1",\n    "b": "1"\n  },\n  "devDependencies": {},\n  "zzz": 1,\n  "aaa": 1\n}\n',
    ],
  ];
  for (const [title, path, value, text] of cases) it(title, () => assert.equal(formatJson(path, value), text));

  for (const path of ['a.json', 'package.json']) {
    it(`never changes a value of ${path}`, () => {
      // JSON has one zero.
      const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as Json);
      fc.assert(fc.property(json, (value) => assert.deepEqual(JSON.parse(formatJson(path, value)), value)));
    });
  }
});

describe('layJson', () => {
  const over = { path: 'a.json', content: '{"a": 1}', executable: true };

  it('formats the first file of its path', () => {
    assert.deepEqual(layJson(undefined, over, 'here'), { ...over, content: '{\n  "a": 1\n}\n' });
  });

  it('keeps all else of the upper file', () => {
    assert.deepEqual(layJson({ path: 'a.json', content: '{"b": 2}' }, over, 'here'), {
      ...over,
      content: '{\n  "b": 2,\n  "a": 1\n}\n',
    });
  });

  it('names the file that is no JSON', () => {
    const laid = layJson(undefined, { ...over, content: '{a: 1}' }, 'o/files/a.json');
    assert.ok('code' in laid);
    assert.equal(laid.code, 'JSON_INVALID');
    assert.match(laid.problem, /^o\/files\/a\.json: /);
  });
});
