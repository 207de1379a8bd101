import assert from 'node:assert/strict';
import { count } from '../../src/report/count.ts';
import { formatFileList } from '../../src/report/file-list.ts';
import { formatFlags } from '../../src/commands/format-flags.ts';

const plain = (_: unknown, text: string): string => text;

describe('formatFileList', () => {
  const cases: [title: string, paths: readonly string[], width: number, text: string][] = [
    ['groups by folder', ['a', 'src/b', 'src/c', 'src/d/e', 'z'], 80, '  .      a z\n  src    b c\n  src/d  e'],
    ['wraps at the width', ['src/aaa', 'src/bbb', 'src/ccc'], 14, '  src  aaa bbb\n       ccc'],
    ['gives a name that is too long a line of its own', ['a', 'bbbbbbbbbb', 'c'], 8, '  . a\n    bbbbbbbbbb\n    c'],
  ];
  for (const [title, paths, width, text] of cases) {
    it(title, () => assert.equal(formatFileList(paths, width, plain).replaceAll(/ +$/gm, ''), text));
  }
});

describe('count', () => {
  const cases: [number: number, text: string][] = [
    [0, '0 files'],
    [1, '1 file'],
    [1234567, '1,234,567 files'],
  ];
  for (const [number, text] of cases) it(`says ${text}`, () => assert.equal(count(number, 'file'), text));
});

describe('formatFlags', () => {
  it('aligns what the flags mean', () => {
    const rows = formatFlags(
      [
        { name: 'yes', type: 'switch', help: 'Yes' },
        { name: 'gateway', type: 'text', value: 'http|rest', help: 'Gateway' },
        { name: 'region', type: 'text', help: 'Region' },
      ],
      plain,
      80,
    );
    assert.equal(rows, '  --yes                Yes\n  --gateway http|rest  Gateway\n  --region TEXT        Region');
  });
});
