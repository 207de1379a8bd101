import assert from 'node:assert/strict';
import fs, { readdirSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative, sep } from 'node:path';
import { apply, type FileStep } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { undoLast } from '../../src/project/undo.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';

const patched = [
  'lstatSync',
  'readFileSync',
  'writeFileSync',
  'rmSync',
  'rmdirSync',
  'mkdirSync',
  'renameSync',
  'linkSync',
  'openSync',
  'readdirSync',
] as const;

/** Makes every call find a name below a folder whatever its case, as file systems of Windows and macOS do. */
async function withoutCase(folder: string, work: () => Promise<void>): Promise<void> {
  const own = fs as unknown as Record<string, (...given: unknown[]) => unknown>;
  const originals = Object.fromEntries(patched.map((name) => [name, own[name]!]));
  const namesIn = originals['readdirSync'] as unknown as (path: string) => string[];
  const real = (path: string): string => {
    if (!path.startsWith(folder + sep)) return path;
    return relative(folder, path)
      .split(sep)
      .reduce((above, name) => {
        let names: string[] = [];
        try {
          names = namesIn(above);
        } catch {
          // There is no such folder.
        }
        return join(
          above,
          names.includes(name) ? name : (names.find((other) => other.toLowerCase() === name.toLowerCase()) ?? name),
        );
      }, folder);
  };
  for (const name of patched) {
    const paths = name === 'renameSync' || name === 'linkSync' ? 2 : 1;
    own[name] = (...given) =>
      originals[name]!(...given.map((value, index) => (index < paths && typeof value === 'string' ? real(value) : value)));
  }
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(own, originals);
    syncBuiltinESMExports();
  }
}

describe('apply, where case does not count', () => {
  const folder = useTempFolder();
  const update = (steps: readonly FileStep[]) => apply(steps, { folder: folder(), exists: true, entries: [] }, { undo: 'keep' });
  const names = (path = '.'): string[] =>
    readdirSync(join(folder(), path))
      .filter((name) => name !== '.tsflask')
      .toSorted();

  const renames: [title: string, steps: FileStep[]][] = [
    [
      'with another text',
      [
        { kind: 'remove', path: 'Src/Readme.md' },
        { path: 'src/README.md', content: 'new' },
      ],
    ],
    [
      'with the same text',
      [
        { kind: 'remove', path: 'Src/Readme.md' },
        { path: 'src/README.md', content: 'old' },
      ],
    ],
    [
      'the file alone',
      [
        { kind: 'remove', path: 'Src/Readme.md' },
        { path: 'Src/README.md', content: 'new' },
      ],
    ],
  ];
  for (const [title, steps] of renames) {
    it(`renames by case, and back: ${title}`, () =>
      withoutCase(folder(), async () => {
        writeTree(folder(), { 'Src/Readme.md': 'old' });
        await update(steps);
        const [above, name] = steps[1]!.path.split('/') as [string, string];
        assert.deepEqual([names(), names(above)], [[above], [name]]);
        assert.equal(recover(folder()), undefined);
        await undoLast(folder());
        assert.deepEqual([names(), names('Src')], [['Src'], ['Readme.md']]);
        assert.equal(readFileSync(join(folder(), 'Src/Readme.md'), 'utf8'), 'old');
      }));

    it(`puts the old name back when a later file cannot be written: ${title}`, () =>
      withoutCase(folder(), async () => {
        writeTree(folder(), { 'Src/Readme.md': 'old', 'x/y': '' });
        await assert.rejects(update([...steps, { path: 'x', content: '' }]), { code: 'WRITE_FAILED' });
        assert.deepEqual(readTree(folder()), { 'Src/Readme.md': 'old', 'x/y': '' });
      }));
  }
});
