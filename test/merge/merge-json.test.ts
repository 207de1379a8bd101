import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { mergeJsonTexts } from '../../src/merge/merge-json-text.ts';
import { newerVersion } from '../../src/merge/newer-version.ts';
import type { Json } from '../../src/plan/merge-json.ts';

const labels = { ours: 'yours', base: 'base', theirs: 'new' };
const print = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

interface Texts {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

function merge(texts: Texts, path = 'package.json'): ReturnType<typeof mergeJsonTexts> {
  return mergeJsonTexts(path, texts, labels);
}

function mergeValues(ours: Json, base: Json, theirs: Json): NonNullable<ReturnType<typeof mergeJsonTexts>> {
  return merge({ ours: print(ours), base: print(base), theirs: print(theirs) })!;
}

describe('merging JSON', () => {
  for (const [what, ours, base, theirs, expected] of [
    ['takes a new key', { a: 1, mine: 2 }, { a: 1 }, { a: 1, b: 3 }, { a: 1, b: 3, mine: 2 }],
    ['takes neighbours that lines would fight over', { a: 2, b: 1 }, { a: 1, b: 1 }, { a: 1, b: 2 }, { a: 2, b: 2 }],
    ['takes a removal', { a: 1, b: 1, mine: 1 }, { a: 1, b: 1 }, { b: 1 }, { b: 1, mine: 1 }],
    ['takes what both did alike', { a: 2 }, { a: 1 }, { a: 2 }, { a: 2 }],
    ['goes into objects', { a: { b: 2, c: 1 } }, { a: { b: 1, c: 1 } }, { a: { b: 1, c: 2 } }, { a: { b: 2, c: 2 } }],
    ['goes into objects that both made', { a: { b: 1 } }, {}, { a: { c: 1 } }, { a: { b: 1, c: 1 } }],
    ['makes the objects above a key', { z: 1 }, { z: 1 }, { z: 1, a: { b: { c: 1 } } }, { z: 1, a: { b: { c: 1 } } }],
    ['unites lists of plain values', { a: ['x', 'mine'] }, { a: ['x', 'y'] }, { a: ['x', 'y', 'z'] }, { a: ['x', 'mine', 'z'] }],
  ] as const) {
    it(what, () => {
      const { text, conflicts } = mergeValues(ours, base, theirs);
      assert.deepEqual([JSON.parse(text), conflicts], [expected, 0]);
    });
  }

  it('keeps the user’s order, indentation, comments and trailing commas', () => {
    const base = print({ compilerOptions: { strict: true }, include: ['src'] });
    const ours = '{\n\t"include": ["src"], // mine\n\t"compilerOptions": {\n\t\t"strict": true,\n\t},\n}\n';
    const theirs = print({ compilerOptions: { strict: true, noEmit: true }, include: ['src'] });
    const { text } = merge({ ours, base, theirs }, 'tsconfig.json')!;
    assert.equal(text, ours.replace('"strict": true,', '"strict": true,\n\t\t"noEmit": true,'));
  });

  it('puts a package where it belongs in the alphabet', () => {
    const { text } = mergeValues(
      { dependencies: { a: '1.0.0', c: '1.0.0', z: '1.0.0' } },
      { dependencies: { a: '1.0.0', c: '1.0.0' } },
      { dependencies: { a: '1.0.0', b: '1.0.0', c: '1.0.0' } },
    );
    assert.deepEqual(Object.keys((JSON.parse(text) as { dependencies: object }).dependencies), ['a', 'b', 'c', 'z']);
  });

  it('marks a value that both changed, and takes the rest', () => {
    const { text, conflicts } = mergeValues({ a: 2, b: 1 }, { a: 1, b: 1 }, { a: 3, b: 2 });
    assert.equal(conflicts, 1);
    assert.equal(text, '{\n<<<<<<< yours\n  "a": 2,\n||||||| base\n  "a": 1,\n=======\n  "a": 3,\n>>>>>>> new\n  "b": 2\n}\n');
  });

  for (const [what, ours, base, theirs, note] of [
    ['what you took out', {}, { a: 1 }, { a: 2 }, '"a" changed; you took it out, and it stays out.'],
    ['what is no longer emitted', { a: 2 }, { a: 1 }, {}, '"a" is no longer emitted; yours stays.'],
  ] as const) {
    it(`leaves ${what}, and says so`, () => {
      const { text, notes } = mergeValues(ours, base, theirs);
      assert.deepEqual([JSON.parse(text), notes], [ours, [note]]);
    });
  }

  for (const [what, texts] of [
    ['is no JSON', { ours: '{', base: '{}', theirs: '{}' }],
    ['is a list', { ours: '[]', base: '{}', theirs: '{}' }],
    ['has a key twice', { ours: '{"a":1,"a":2}', base: '{}', theirs: '{}' }],
  ] as const)
    it(`is left to lines where a text ${what}`, () => assert.equal(merge(texts), undefined));
});

describe('versions in package.json that both raised', () => {
  for (const [ours, theirs, expected, note] of [
    ['^1.3.0', '^1.2.0', '^1.3.0', 'koa: yours, ^1.3.0, is no older than ^1.2.0 and stays.'],
    ['^1.2.0', '^2.0.0', '^2.0.0', 'koa: ^2.0.0 is newer than yours, ^1.2.0.'],
  ] as const) {
    it(`come to the newer one: ${ours}, ${theirs}`, () => {
      const dependencies = (koa: string): Json => ({ dependencies: { koa } });
      const { text, notes } = mergeValues(dependencies(ours), dependencies('^1.1.0'), dependencies(theirs));
      assert.deepEqual([JSON.parse(text), notes], [dependencies(expected), [note]]);
    });
  }

  for (const [base, ours, theirs, newer] of [
    ['1.0.0', '1.1.0', '1.2.0', 'theirs'],
    ['1.0.0', '0.9.0', '1.2.0', undefined],
    ['1.0.0', 'github:me/koa', '1.2.0', undefined],
    ['1.0.0', 'workspace:*', '1.2.0', undefined],
    ['>=1', '>=3', '>=2', 'ours'],
  ] as const)
    it(`of ${base}, ${ours} and ${theirs} is ${newer ?? 'nobody’s'}`, () =>
      assert.equal(newerVersion(base, ours, theirs), newer));
});

const leaf = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom('x', 'y'),
  fc.array(fc.constantFrom('p', 'q', 'r'), { maxLength: 3 }),
);
const { tree } = fc.letrec<{ tree: Json; node: Json }>((tie) => ({
  node: fc.oneof({ depthSize: 'small' }, leaf, tie('tree')),
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__x'), tie('node'), { maxKeys: 4, noNullPrototype: true }),
}));

describe('any merge of JSON', () => {
  it('gives the new value where nothing was edited, and the edit where nothing is new', () => {
    fc.assert(
      fc.property(tree, tree, (base, other) => {
        assert.deepEqual(JSON.parse(mergeValues(base, base, other).text), other);
        assert.deepEqual(JSON.parse(mergeValues(other, base, base).text), other);
      }),
    );
  });

  it('parses where nothing is marked, and changes nothing when it is done again', () => {
    fc.assert(
      fc.property(tree, tree, tree, (ours, base, theirs) => {
        const first = merge({ ours: print(ours), base: print(base), theirs: print(theirs) });
        if (first === undefined || first.conflicts > 0) return;
        JSON.parse(first.text);
        assert.equal(merge({ ours: first.text, base: print(theirs), theirs: print(theirs) })!.text, first.text);
      }),
    );
  });
});
