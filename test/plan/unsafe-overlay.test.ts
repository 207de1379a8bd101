import assert from 'node:assert/strict';
import type { InlineOverlay } from '../../src/testing.ts';
import { faultsOf, planOverlays } from './plan-overlays.ts';

const anyText = { id: 'places', text: 'Places', type: 'list' };

describe('an overlay may not', () => {
  const cases: [title: string, overlays: readonly InlineOverlay[], faults: readonly string[]][] = [
    [
      'write above the project',
      [{ files: { '../a.txt': '' } }],
      ['PATH_UNSAFE o0/files/../a.txt: the path "../a.txt" has the segment "..".'],
    ],
    ['write to an absolute path', [{ files: { '/etc/a': '' } }], ['PATH_UNSAFE o0/files//etc/a: the path "/etc/a" is absolute.']],
    [
      'write a hook of git',
      [{ files: { '.git/hooks/pre-commit': '' } }],
      ['PATH_UNSAFE o0/files/.git/hooks/pre-commit: the path ".git/hooks/pre-commit" lies in .git.'],
    ],
    [
      'be led out of the project by an answer',
      [{ files: { '[places]/a': '' } }],
      ['PATH_UNSAFE o0/files/[places]/a: the path "../x/a" has the segment "..".'],
    ],
    [
      'plan two paths that differ in case',
      [{ files: { 'A.txt': '' } }, { files: { 'a.txt': '' } }],
      ['PATH_CLASH "A.txt" and "a.txt" cannot both be written.'],
    ],
    [
      'plan a file where another has a folder',
      [{ files: { src: '' } }, { files: { 'src/a.ts': '' } }],
      ['PATH_CLASH "src/a.ts" and "src" cannot both be written.'],
    ],
  ];
  for (const [title, [first, ...rest], faults] of cases) {
    it(title, async () => {
      const overlays = [{ ...first, manifest: { questions: [anyText] } }, ...rest];
      assert.deepEqual(await faultsOf(planOverlays(overlays, { places: ['../x'] })), faults);
    });
  }
});
