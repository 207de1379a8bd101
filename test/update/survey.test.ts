import assert from 'node:assert/strict';
import type { PlannedFile } from '../../src/plan/plan.ts';
import type { DiskEntry, KnownFile } from '../../src/update/entry.ts';
import { listUnsettled, settle } from '../../src/update/settle.ts';
import { survey, type SurveyInput } from '../../src/update/survey.ts';

type Texts = Readonly<Record<string, string>>;

interface Situation {
  readonly known?: Texts;
  readonly planned?: Texts;
  readonly disk?: Texts;
  readonly renamed?: Texts;
}

function input({ known = {}, planned = {}, disk = {}, renamed = {} }: Situation): SurveyInput {
  const file = (text: string): KnownFile => ({ policy: 'managed', executable: false, isDeleted: false, text });
  const entry = (text: string): DiskEntry => ({ kind: 'file', content: Buffer.from(text), mode: 0o644 });
  const mapOf = <T>(texts: Texts, make: (text: string) => T): Map<string, T> =>
    new Map(Object.entries(texts).map(([path, text]) => [path, make(text)]));
  const files = Object.entries(planned).map(([path, content]): PlannedFile => ({
    path,
    content,
    executable: false,
    policy: 'managed',
    overlay: 'service',
  }));
  const labels = { ours: 'yours', base: 'base', theirs: 'new' };
  return { known: mapOf(known, file), disk: mapOf(disk, entry), planned: files, renamed, labels };
}

const fatesOf = (situation: Situation): unknown[] =>
  survey(input(situation)).map(({ path, from, fate }) => (from === undefined ? [path, fate] : [path, fate, from]));

describe('a survey', () => {
  it('has a row for each path that was emitted or is planned', () => {
    assert.deepEqual(fatesOf({ known: { b: '1', c: '1' }, planned: { a: '1', b: '2' }, disk: { b: '1', c: '1', mine: 'x' } }), [
      ['a', 'created'],
      ['b', 'updated'],
      ['c', 'removed'],
    ]);
  });

  for (const [what, situation, expected] of [
    [
      'takes an edit along',
      { known: { old: 'a' }, planned: { new: 'a' }, disk: { old: 'x' }, renamed: { old: 'new' } },
      [['new', 'moved', 'old']],
    ],
    [
      'is followed over releases',
      { known: { a: '1' }, planned: { c: '1' }, disk: { a: 'x' }, renamed: { a: 'b', b: 'c' } },
      [['c', 'moved', 'a']],
    ],
    [
      'leaves a file that lies there',
      { known: { old: 'a' }, planned: { new: 'a' }, disk: { old: 'x', new: 'mine' }, renamed: { old: 'new' } },
      [
        ['new', 'conflict'],
        ['old', 'orphaned'],
      ],
    ],
    [
      'is none where the old name is still planned',
      { known: { old: 'a' }, planned: { old: 'a', new: 'a' }, disk: { old: 'x' }, renamed: { old: 'new' } },
      [
        ['new', 'created'],
        ['old', 'edited'],
      ],
    ],
    [
      'is none of a file that was deleted',
      { known: { old: 'a' }, planned: { new: 'a' }, disk: {}, renamed: { old: 'new' } },
      [
        ['new', 'created'],
        ['old', 'unchanged'],
      ],
    ],
    [
      'goes to one of two',
      { known: { a: '1', b: '1' }, planned: { c: '1' }, disk: { a: 'x', b: 'y' }, renamed: { a: 'c', b: 'c' } },
      [
        ['b', 'orphaned'],
        ['c', 'moved', 'a'],
      ],
    ],
    [
      'does not run in circles',
      { known: { a: '1' }, planned: {}, disk: { a: '1' }, renamed: { a: 'b', b: 'a' } },
      [['a', 'removed']],
    ],
  ] as const)
    it(`a new name ${what}`, () => assert.deepEqual(fatesOf(situation), expected));
});

describe('the steps of an update', () => {
  const conflict = survey(input({ known: { f: 'a\n' }, planned: { f: 'y\n' }, disk: { f: 'x\n' } }));
  const stepsOf = (resolution: Parameters<typeof settle>[1] extends ReadonlyMap<string, infer R> ? R : never): unknown[] =>
    settle(conflict, new Map([['f', resolution]])).map((step) =>
      step.kind === 'write' ? Buffer.from(step.content).toString() : step,
    );

  it('take a file away by its old name', () => {
    const changes = survey(input({ known: { old: 'a' }, planned: { new: 'a' }, disk: { old: 'x' }, renamed: { old: 'new' } }));
    assert.deepEqual(
      settle(changes, new Map()).map(({ kind, path, expected }) => [kind, path, expected === 'absent']),
      [
        ['remove', 'old', false],
        ['write', 'new', true],
      ],
    );
  });

  for (const [resolution, expected, places] of [
    ['keep', [], 0],
    ['overwrite', ['y\n'], 0],
    ['merge', ['<<<<<<< yours\nx\n||||||| base\na\n=======\ny\n>>>>>>> new\n'], 1],
    [{ edited: Buffer.from('both\n') }, ['both\n'], 0],
  ] as const)
    it(`settle a conflict: ${typeof resolution === 'string' ? resolution : 'edit'}`, () => {
      assert.deepEqual(stepsOf(resolution), expected);
      const left = listUnsettled(conflict, new Map([['f', resolution]]));
      assert.deepEqual(left, places === 0 ? [] : [{ path: 'f', places, reason: 'overlap' }]);
    });
});
