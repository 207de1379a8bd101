import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { apply, type FileStep } from '../../src/project/apply.ts';
import { digestOf } from '../../src/project/path-state.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';

describe('apply, where there are links', () => {
  const folder = useTempFolder();
  const at = (path: string): string => join(folder(), path);

  it('replaces a link, not what it leads to', async () => {
    writeTree(folder(), { 'project/real': 'real', outside: 'outside' });
    const inside = (path: string): string => at(`project/${path}`);
    for (const [name, to] of Object.entries({ a: 'real', b: '../outside', c: 'nowhere' })) symlinkSync(to, inside(name));
    const steps: FileStep[] = [
      { path: 'a', content: 'new', expected: digestOf('link:real') },
      { path: 'b', content: 'new', expected: digestOf('link:../outside') },
      { kind: 'remove', path: 'c', expected: digestOf('link:nowhere') },
    ];
    await apply(steps, { folder: at('project'), exists: true, entries: [] });
    assert.deepEqual(readTree(folder()), { outside: 'outside', 'project/a': 'new', 'project/b': 'new', 'project/real': 'real' });
  });

  it('follows a link to a folder of the project, and refuses one out of it', async () => {
    mkdirSync(at('project/real'), { recursive: true });
    mkdirSync(at('outside'));
    symlinkSync('real', at('project/linked'));
    for (const [name, to] of Object.entries({ out: '../outside', broken: 'nowhere' })) symlinkSync(to, at(`project/${name}`));
    const target = { folder: at('project'), exists: true, entries: [] };
    await apply([{ path: 'linked/a', content: 'new' }], target);
    assert.equal(readFileSync(at('project/real/a'), 'utf8'), 'new');
    for (const path of ['out/a', 'out/deep/a', 'broken/a'])
      await assert.rejects(apply([{ path, content: '' }], target), { code: 'PATH_UNSAFE', message: /out of the project/ });
    assert.deepEqual(readdirSync(at('outside')), []);
  });

  it('puts a folder in place of a link that is removed, and does not look behind it', async () => {
    writeTree(folder(), { 'project/x': '', 'outside/a': 'outside' });
    symlinkSync('../outside', at('project/lib'));
    const steps: FileStep[] = [
      { kind: 'remove', path: 'lib' },
      { path: 'lib/a', content: 'new', expected: 'absent' },
    ];
    await apply(steps, { folder: at('project'), exists: true, entries: [] });
    assert.deepEqual(readTree(folder()), { 'outside/a': 'outside', 'project/lib/a': 'new', 'project/x': '' });
  });

  it('refuses a local folder that leads out of the project', async () => {
    mkdirSync(at('project'));
    mkdirSync(at('outside'));
    symlinkSync('../outside', at('project/.tsflask'));
    const target = { folder: at('project'), exists: true, entries: [] };
    await assert.rejects(apply([{ path: 'a', content: '' }], target), { code: 'PATH_UNSAFE' });
    assert.deepEqual(readdirSync(at('outside')), []);
  });
});
