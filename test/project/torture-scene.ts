import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FileStep } from '../../src/project/apply.ts';
import { digestOf } from '../../src/project/path-state.ts';

/** A project of some eighty files, and an update of it in which everything happens that can happen to a file. */
export function writeScene(project: string): void {
  for (const [path, content] of oldFiles()) put(project, path, content);
  chmodSync(join(project, 'run.sh'), 0o755);
  chmodSync(join(project, 'private.txt'), 0o600);
  chmodSync(join(project, 'gone/deep'), 0o700);
  mkdirSync(join(project, 'was-empty'), { mode: 0o750 });
  symlinkSync('README.md', join(project, 'was-link'));
  symlinkSync('nowhere', join(project, 'gone-link'));
  put(project, 'mine/notes.txt', 'the user wrote this');
}

/** The steps from one to the other. The manifest is the last. */
export function sceneSteps(): FileStep[] {
  const removed = [...oldFiles()].filter(([path]) => /^(gone|was-folder|was-file|moved\/old)/.test(path));
  const edited = [...oldFiles()].filter(([path]) => path.startsWith('src/'));
  return [
    ...removed.map(([path, content]) => ({ kind: 'remove', path, expected: digestOf(content) }) as const),
    { kind: 'remove', path: 'gone-link', expected: digestOf('link:nowhere') },
    ...edited.map(([path, content]) => ({ path, content: content.replace('old', 'new'), expected: digestOf(content) })),
    ...removed
      .filter(([path]) => path.startsWith('moved/'))
      .map(([path, content]) => ({ path: path.replace('old', 'new'), content })),
    { path: 'was-folder', content: 'a file now' },
    { path: 'was-file/a.txt', content: 'in a folder now' },
    { path: 'was-file/b/c.txt', content: 'in a folder now' },
    { path: 'was-empty', content: 'a file now' },
    { path: 'was-link', content: 'a file now', expected: digestOf('link:README.md') },
    { path: 'run.sh', content: 'no longer run', executable: false, mode: 0o755 },
    { path: 'private.txt', content: 'run now', executable: true, mode: 0o600 },
    { path: 'made/one/two.txt', content: 'made', expected: 'absent' },
    { path: 'made/three.bin', content: Uint8Array.of(0, 255, 13, 10) },
    { path: '.tsflask/manifest.json', content: '{"version":2}' },
  ];
}

/** Every file, link and folder with its bits; what tsflask keeps for itself only where something is left over. */
export function snapshot(project: string): Record<string, string> {
  const entries = readdirSync(project, { recursive: true, withFileTypes: true }).map((entry) =>
    join(entry.parentPath, entry.name),
  );
  const shown = entries.map((full) => [relative(project, full), describe(full)] as const);
  return Object.fromEntries(shown.filter(([path]) => !isKept(path)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isKept(path: string): boolean {
  return /^\.tsflask\/local(\/(\.gitignore|undo(\/.*)?))?$/.test(path);
}

function describe(full: string): string {
  const stats = lstatSync(full);
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(full)}`;
  const bits = (stats.mode & 0o7777).toString(8);
  return stats.isFile() ? `${bits} ${readFileSync(full, 'latin1')}` : `${bits} folder`;
}

function* oldFiles(): Generator<[path: string, content: string]> {
  for (let number = 0; number < 40; number += 1) yield [`src/part-${number % 5}/file-${number}.ts`, `old ${number}\n`.repeat(50)];
  for (let number = 0; number < 15; number += 1) yield [`same/file-${number}.txt`, `same ${number}`];
  for (let number = 0; number < 8; number += 1)
    yield [`gone/${number % 2 ? 'deep/er/' : ''}file-${number}.txt`, `gone ${number}`];
  for (let number = 0; number < 6; number += 1) yield [`moved/old-${number}/file.txt`, `moved ${number}`];
  for (let number = 0; number < 3; number += 1) yield [`was-folder/in/file-${number}.txt`, `inside ${number}`];
  yield ['was-file', 'a file'];
  yield ['README.md', 'read me'];
  yield ['run.sh', 'run'];
  yield ['private.txt', 'private'];
  yield ['.tsflask/manifest.json', '{"version":1}'];
}

function put(project: string, path: string, content: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), content);
}
