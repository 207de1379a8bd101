import assert from 'node:assert/strict';
import { clashFaults } from '../../src/plan/path-clash.ts';
import { parseTarget, pathProblem, type Target } from '../../src/plan/target-path.ts';

describe('a path in a project may', () => {
  for (const path of [
    'a',
    '.gitignore',
    '.github/workflows/check.yml',
    'src/[id].ts',
    'a b/ü.txt',
    'console/com.ts',
    'nul-value',
    'a..b/...c',
    '.gitx',
    'sub/.git',
    '.tsflask/overlay/overlay.json',
  ]) {
    it(`be ${path}`, () => assert.equal(pathProblem(path), undefined));
  }
});

describe('a path in a project may not', () => {
  const cases: [path: string, problem: string][] = [
    ['', 'is empty'],
    ['/etc/passwd', 'is absolute'],
    ['C:/Windows', 'is absolute'],
    ['c:x', 'is absolute'],
    ['../x', 'has the segment ".."'],
    ['a/../../x', 'has the segment ".."'],
    ['./a', 'has the segment "."'],
    ['a//b', 'has the segment ""'],
    ['a/', 'has the segment ""'],
    ['a\\..\\b', 'has a backslash'],
    ['aa:b', 'has a character that some file system refuses'],
    ['a?', 'has a character that some file system refuses'],
    ['a\nb', 'has a character that some file system refuses'],
    ['a\u0000', 'has a character that some file system refuses'],
    ['a./b', 'has a segment that ends in a dot'],
    ['a /b', 'has a segment that ends in a space'],
    ['con', 'has the device name "con"'],
    ['src/NUL.ts', 'has the device name "NUL.ts"'],
    ['com1/a', 'has the device name "com1"'],
    ['LPT9.tar.gz', 'has the device name "LPT9.tar.gz"'],
    ['.git', 'lies in .git'],
    ['.GIT/hooks/pre-commit', 'lies in .git'],
    ['.tsflask/manifest.json', 'is kept by the generator'],
    ['.tsflask/BASE.json', 'is kept by the generator'],
  ];
  for (const [path, problem] of cases) {
    it(`be ${JSON.stringify(path)}, which ${problem}`, () => assert.equal(pathProblem(path), problem));
  }
});

describe('paths clash', () => {
  const cases: [title: string, paths: readonly string[], clashes: number][] = [
    ['when only their case differs', ['README.md', 'Readme.md'], 1],
    ['when a folder of one differs from the other only in case', ['SRC/a.ts', 'src/A.ts'], 1],
    ['when one is a folder of the other', ['src', 'src/app.ts'], 1],
    ['when one is a folder far above the other', ['a', 'a/b/c/d'], 1],
    ['when one is a folder of the other but for case', ['Docs', 'docs/a.md'], 1],
    ['never when they differ', ['src/a', 'src/b', 'srca', 'src.ts'], 0],
  ];
  for (const [title, paths, clashes] of cases) {
    it(title, () =>
      assert.deepEqual(
        clashFaults(paths).map(({ code }) => code),
        Array.from({ length: clashes }, () => 'PATH_CLASH'),
      ),
    );
  }
});

describe('a template path', () => {
  const cases: [title: string, path: string, target: Target][] = [
    ['is copied to its own name', 'a/b.ts', { path: 'a/b.ts', isRendered: false }],
    ['loses .mustache when it is rendered', 'a.md.mustache', { path: 'a.md', isRendered: true }],
    ['gets its dot back', 'x/_gitignore.mustache', { path: 'x/.gitignore', isRendered: true }],
    ['keeps any other underscore', '_env', { path: '_env', isRendered: false }],
    ['names a list in brackets', 's/[stages].tf.mustache', { path: 's/[stages].tf', isRendered: true, each: 'stages' }],
  ];
  for (const [title, path, target] of cases) it(title, () => assert.deepEqual(parseTarget(path), target));
});
