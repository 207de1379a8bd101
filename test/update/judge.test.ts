import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import type { PlannedFile } from '../../src/plan/plan.ts';
import type { DiskEntry, KnownFile } from '../../src/update/entry.ts';
import { judge, type Case, type Change } from '../../src/update/judge.ts';

const labels = { ours: 'yours', base: 'base', theirs: 'new' };

const onDisk = (content: string | Uint8Array, mode = 0o644): DiskEntry => ({ kind: 'file', content: Buffer.from(content), mode });
const known = (text: string, more: Partial<KnownFile> = {}): KnownFile => ({
  policy: 'managed',
  executable: false,
  isDeleted: false,
  text,
  ...more,
});
const planned = (content: string | Uint8Array, more: Partial<PlannedFile> = {}): PlannedFile => ({
  path: 'f',
  content,
  executable: false,
  policy: 'managed',
  overlay: 'service',
  ...more,
});
const once = { policy: 'once' } as const;
const knownOnce: KnownFile = { policy: 'once', executable: false, isDeleted: false, sha256: hash('sha256', 'a\n') };
const bytes = (...values: number[]): Uint8Array => Uint8Array.of(0, ...values);
const knownBytes: KnownFile = { policy: 'managed', executable: false, isDeleted: false, sha256: hash('sha256', bytes(1)) };
const link: DiskEntry = { kind: 'link', target: '../elsewhere' };
const three = 'a\nb\nc\n';

function judged(given: Omit<Case, 'path'>): Change {
  return judge({ path: 'f', ...given }, labels);
}

/** What is to be written, as text. */
function written({ next }: Change): string | undefined {
  return next === undefined ? undefined : Buffer.from(next.content).toString();
}

const table: readonly (readonly [what: string, given: Omit<Case, 'path'>, fate: Change['fate'], text?: string])[] = [
  // The rows of docs/update.md, in their order.
  ['same, changed', { known: known('a\n'), disk: onDisk('a\n'), planned: planned('b\n') }, 'updated', 'b\n'],
  ['same, same', { known: known('a\n'), disk: onDisk('a\n'), planned: planned('a\n') }, 'unchanged'],
  ['edited, same', { known: known('a\n'), disk: onDisk('x\n'), planned: planned('a\n') }, 'edited'],
  [
    'edited, changed elsewhere',
    { known: known(three), disk: onDisk('x\nb\nc\n'), planned: planned('a\nb\ny\n') },
    'merged',
    'x\nb\ny\n',
  ],
  ['edited, changed in the same place', { known: known('a\n'), disk: onDisk('x\n'), planned: planned('y\n') }, 'conflict'],
  ['edited, changed alike', { known: known('a\n'), disk: onDisk('y\n'), planned: planned('y\n') }, 'unchanged'],
  ['deleted, changed', { known: known('a\n'), planned: planned('b\n') }, 'deleted'],
  ['deleted, same', { known: known('a\n'), planned: planned('a\n') }, 'deleted'],
  ['deleted and wanted again', { known: known('a\n'), planned: planned('b\n'), isRestored: true }, 'created', 'b\n'],
  ['deleted, no longer planned', { known: known('a\n') }, 'unchanged'],
  ['same, no longer planned', { known: known('a\n'), disk: onDisk('a\n') }, 'removed'],
  ['edited, no longer planned', { known: known('a\n'), disk: onDisk('x\n') }, 'orphaned'],
  ['absent, new', { planned: planned('a\n') }, 'created', 'a\n'],
  ['the user’s own, new', { disk: onDisk('x\n'), planned: planned('a\n') }, 'conflict'],
  ['the user’s own, new and equal', { disk: onDisk('a\r\n'), planned: planned('a\n') }, 'unchanged'],
  // Files that are the user's from the start.
  ['once: edited, changed', { known: knownOnce, disk: onDisk('x\n'), planned: planned('b\n', once) }, 'unchanged'],
  ['once: same, changed', { known: knownOnce, disk: onDisk('a\n'), planned: planned('b\n', once) }, 'updated', 'b\n'],
  ['once: deleted, changed', { known: knownOnce, planned: planned('b\n', once) }, 'deleted'],
  ['once: no longer planned', { known: knownOnce, disk: onDisk('a\n') }, 'unchanged'],
  ['once: new, and the user has one', { disk: onDisk('x\n'), planned: planned('b\n', once) }, 'unchanged'],
  ['once, and managed from now on', { known: knownOnce, disk: onDisk('a\n'), planned: planned('b\n') }, 'updated', 'b\n'],
  ['once and edited, managed from now on', { known: knownOnce, disk: onDisk('x\n'), planned: planned('b\n') }, 'conflict'],
  // What is not text.
  ['binary: same, changed', { known: knownBytes, disk: onDisk(bytes(1)), planned: planned(bytes(2)) }, 'updated', '\0\u0002'],
  ['binary: edited, same', { known: knownBytes, disk: onDisk(bytes(3)), planned: planned(bytes(1)) }, 'edited'],
  ['binary: edited, changed', { known: knownBytes, disk: onDisk(bytes(3)), planned: planned(bytes(2)) }, 'conflict'],
  ['text that became binary', { known: known('a\n'), disk: onDisk(bytes(3)), planned: planned('b\n') }, 'conflict'],
  // Links.
  ['a link, same', { known: known('a\n'), disk: link, planned: planned('a\n') }, 'edited'],
  ['a link, changed', { known: known('a\n'), disk: link, planned: planned('b\n') }, 'conflict'],
  ['a link, no longer planned', { known: known('a\n'), disk: link }, 'orphaned'],
  // Files that moved.
  ['moved, same', { from: 'old', known: known('a\n'), disk: onDisk('a\n'), planned: planned('a\n') }, 'updated', 'a\n'],
  ['moved, edited', { from: 'old', known: known('a\n'), disk: onDisk('x\n'), planned: planned('a\n') }, 'moved', 'x\n'],
  [
    'moved, both',
    { from: 'old', known: known(three), disk: onDisk('x\nb\nc\n'), planned: planned('a\nb\ny\n') },
    'merged',
    'x\nb\ny\n',
  ],
];

describe('the fate of a file', () => {
  for (const [what, given, fate, text] of table) {
    it(`${what}: ${fate}`, () => {
      const change = judged(given);
      assert.deepEqual([change.fate, written(change)], [fate, text]);
    });
  }
});

describe('a conflict', () => {
  for (const [reason, given, places] of [
    ['overlap', { known: known('a\n'), disk: onDisk('x\n'), planned: planned('y\n') }, 1],
    ['own-file', { disk: onDisk('x\n'), planned: planned('y\n') }, 1],
    ['not-text', { known: knownBytes, disk: onDisk(bytes(3)), planned: planned(bytes(2)) }, 0],
    ['link', { known: known('a\n'), disk: link, planned: planned('b\n') }, 0],
  ] as const)
    it(`has its reason: ${reason}`, () => {
      const { conflict } = judged(given);
      assert.deepEqual([conflict?.reason, conflict?.places, conflict?.merged === undefined], [reason, places, places === 0]);
    });
});

describe('permission bits', () => {
  const modeOf = ({ next }: Change): unknown => next && [next.executable, next.mode];

  for (const [what, given, fate, expected] of [
    [
      'come with an update, and the user’s others stay',
      { known: known('a\n'), disk: onDisk('a\n', 0o600), planned: planned('a\n', { executable: true }) },
      'updated',
      [true, 0o600],
    ],
    [
      'come with an edit that stays',
      { known: known('a\n'), disk: onDisk('x\n'), planned: planned('a\n', { executable: true }) },
      'merged',
      [true, 0o644],
    ],
    [
      'that the user set stay, whatever else changes',
      { known: known('a\n'), disk: onDisk('a\n', 0o755), planned: planned('b\n') },
      'updated',
      [true, 0o755],
    ],
    ['alone are no edit', { known: known('a\n'), disk: onDisk('a\n', 0o755), planned: planned('a\n') }, 'unchanged', undefined],
  ] as const)
    it(what, () => {
      const change = judged(given);
      assert.deepEqual([change.fate, modeOf(change)], [fate, expected]);
    });
});

describe('a deletion', () => {
  it('is news once', () => {
    assert.ok(judged({ known: known('a\n'), planned: planned('b\n') }).isNews);
    assert.ok(!judged({ known: known('a\n', { isDeleted: true }), planned: planned('c\n') }).isNews);
  });

  it('of what was the user’s from the start is none', () =>
    assert.ok(!judged({ known: knownOnce, planned: planned('b\n', once) }).isNews));
});
