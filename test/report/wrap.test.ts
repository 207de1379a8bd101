import assert from 'node:assert/strict';
import { wrapText, wrapWords, widthOf } from '../../src/report/wrap.ts';

describe('wrapText', () => {
  const cases: [title: string, text: string, width: number, wrapped: string][] = [
    ['leaves what fits', 'one two', 7, 'one two'],
    ['breaks between words', 'one two three', 9, 'one two\n  three'],
    ['gives a word that is too long a line', 'a bbbbbbbbbb c', 5, 'a\n  bbbbbbbbbb\n  c'],
    ['keeps the lines that there are', 'one\ntwo three', 9, 'one\n  two\n  three'],
    ['keeps what a line begins with', 'one\n  two', 9, 'one\n    two'],
  ];
  for (const [title, text, width, wrapped] of cases)
    it(title, () => assert.equal(wrapText(text, { width, indent: '  ' }), wrapped));

  it('ends a line that goes on as a shell wants it', () => {
    assert.equal(wrapWords(['a', 'b', 'c'], { width: 5, carry: ' \\' }), 'a b \\\nc');
  });
});

describe('widthOf', () => {
  for (const [columns, width] of [
    [40, 40],
    [0, 80],
    [undefined, 80],
  ] as const) {
    it(`is ${width} where a stream says ${columns}`, () =>
      assert.equal(widthOf(columns === undefined ? {} : { columns }), width));
  }
});
