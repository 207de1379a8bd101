import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { unzipSync, type ZipAttributes, zipSync } from 'fflate';

import { lendPackages, root } from './packages.ts';

/** A file of the zip. */
export type File = readonly [path: string, content: Uint8Array, mode: number];

/** Packs files so that the same files give the same bytes: Lambda gets no new version when nothing changed. */
export function zip(files: readonly File[]): Uint8Array {
  const sorted = files.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([path, content, mode]): [string, [Uint8Array, ZipAttributes]] => [
    path,
    // The time and the system would be those of this machine.
    [content, { mtime: new Date(1980, 0, 1), os: 3, attrs: (0o100000 | mode) << 16 }],
  ]);
  return zipSync(Object.fromEntries(entries), { level: 9 });
}

/** Unzips dist/lambda.zip and loads its handler, as Lambda does: from a folder of its own, which becomes the current one. */
export async function loadBundle() {
  const file = join(root, 'dist/lambda.zip');
  if (!existsSync(file)) throw new Error('There is no dist/lambda.zip yet: run make bundle.');
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambda-')));
  for (const [path, content] of Object.entries(unzipSync(readFileSync(file)))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o755 });
  }
  lendPackages(folder);
  process.chdir(folder);
  process.env['LAMBDA_TASK_ROOT'] = folder;
  return (await import(join(folder, 'lambda.js'))).handler;
}
