import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { countConflictMarkers } from '../../src/merge/conflict-markers.ts';
import { mergeTexts } from '../../src/merge/merge-text.ts';
import { useTempFolder } from '../temp-folder.ts';

const labels = { ours: 'yours', base: 'base', theirs: 'new' };
const marked = (ours: string, base: string, theirs: string): string =>
  `<<<<<<< yours\n${ours}||||||| base\n${base}=======\n${theirs}>>>>>>> new\n`;

describe('merging two edits of a text', () => {
  for (const [what, ours, base, theirs, expected, conflicts] of [
    ['takes both, in places of their own', 'A\nb\nc\nd\n', 'a\nb\nc\nd\n', 'a\nb\nc\nD\n', 'A\nb\nc\nD\n', 0],
    ['takes what both did alike once', 'A\nb\n', 'a\nb\n', 'A\nb\n', 'A\nb\n', 0],
    ['marks what both changed', 'A\n', 'a\n', 'x\n', marked('A\n', 'a\n', 'x\n'), 1],
    [
      'leaves outside what both sides of a place begin and end with',
      '1\nA\n9\n',
      'a\n',
      '1\nx\n9\n',
      `1\n${marked('A\n', 'a\n', 'x\n')}9\n`,
      1,
    ],
    ['keeps a missing newline at the end', 'a\nb', 'a\nb\n', 'A\nb\n', 'A\nb', 0],
    ['takes a newline that is new at the end', 'A\nb', 'a\nb', 'a\nb\n', 'A\nb\n', 0],
    ['takes a removal', 'a\nb\nc\nD\n', 'a\nb\nc\nd\n', 'b\nc\nd\n', 'b\nc\nD\n', 0],
    ['copes with names that objects have', '__proto__\nb\n', 'constructor\nb\n', 'constructor\nb\nc\n', '__proto__\nb\nc\n', 0],
  ] as const) {
    it(what, () => assert.deepEqual(mergeTexts({ ours, base, theirs }, labels), { text: expected, conflicts }));
  }

  it('marks every difference where there is no common ancestor', () => {
    const { text, conflicts } = mergeTexts({ ours: 'a\nb\nc\n', base: undefined, theirs: 'a\nx\nc\nd\n' }, labels);
    assert.equal(conflicts, 2);
    assert.equal(text, 'a\n<<<<<<< yours\nb\n=======\nx\n>>>>>>> new\nc\n<<<<<<< yours\n=======\nd\n>>>>>>> new\n');
  });

  it('takes a second for what would take minutes', () => {
    const lines = (word: string): string =>
      `${Array.from({ length: 50_000 }, (_, n) => (n % 2 ? '' : `${word} ${n}`)).join('\n')}\n`;
    const { conflicts } = mergeTexts({ ours: lines('a'), base: lines('b'), theirs: lines('c') }, labels);
    assert.equal(conflicts, 1);
  }).timeout(2000);
});

const line = fc.constantFrom('a', 'b', 'c', 'd', '', '}', 'toString');
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.map((each) => `${each}\n`).join(''));

describe('any merge of texts', () => {
  const fold = (ours: string, base: string, theirs: string): ReturnType<typeof mergeTexts> =>
    mergeTexts({ ours, base, theirs }, labels);

  it('gives the new text where nothing was edited, and the edit where nothing is new', () => {
    fc.assert(
      fc.property(text, text, (base, other) => fold(base, base, other).text === other && fold(other, base, base).text === other),
    );
  });

  it('says the same from both sides', () => {
    fc.assert(
      fc.property(text, text, text, (ours, base, theirs) => {
        const [one, two] = [fold(ours, base, theirs), fold(theirs, base, ours)];
        assert.equal(one.conflicts, two.conflicts);
        if (one.conflicts === 0) assert.equal(one.text, two.text);
      }),
    );
  });

  it('counts the places that it marks', () => {
    fc.assert(
      fc.property(text, text, text, (ours, base, theirs) => {
        const merged = fold(ours, base, theirs);
        assert.equal(countConflictMarkers(merged.text), merged.conflicts);
      }),
    );
  });

  it('holds all of the user’s text where each place is settled for them', () => {
    fc.assert(
      fc.property(text, text, text, (ours, base, theirs) => {
        const { text: merged } = fold(ours, base, theirs);
        const mine = merged.replaceAll(/^<{7} .*\n([^]*?)^\|{7} [^]*?^>{7} .*\n/gm, '$1');
        // A line that went although the user had it is one that was emitted, and no longer is.
        const gone = ours.split('\n').filter((each) => !mine.split('\n').includes(each));
        for (const each of gone) assert.ok(base.split('\n').includes(each), each);
      }),
    );
  });
});

describe('git', () => {
  const folder = useTempFolder();

  function mergeByGit(texts: Readonly<Record<'ours' | 'base' | 'theirs', string>>): { text: string; conflicts: number } {
    for (const [name, content] of Object.entries(texts)) writeFileSync(join(folder(), name), content);
    const names = ['-L', 'yours', '-L', 'base', '-L', 'new', 'ours', 'base', 'theirs'];
    const { stdout, status } = spawnSync('git', ['merge-file', '-p', '--zdiff3', ...names], { cwd: folder(), encoding: 'utf8' });
    return { text: stdout, conflicts: status ?? 0 };
  }

  it('agrees on what is a conflict, but for a few of the most repetitive texts', () => {
    let [same, all] = [0, 0];
    fc.assert(
      fc.property(text, text, text, (ours, base, theirs) => {
        const [own, gits] = [mergeTexts({ ours, base, theirs }, labels), mergeByGit({ ours, base, theirs })];
        all += 1;
        same += (own.conflicts === 0) === (gits.conflicts === 0) ? 1 : 0;
      }),
      { numRuns: 150, seed: 7 },
    );
    assert.ok(same / all > 0.95, `${same} of ${all}`);
  }).timeout(20_000);
});
