import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadOverlay } from '../../src/project/load-overlay.ts';
import { useTempFolder, writeTree, type Tree } from '../temp-folder.ts';

const manifest = JSON.stringify({ name: 'acme', description: 'Ours' });

describe('loadOverlay', () => {
  const folder = useTempFolder();

  it('reads everything, with paths as they will be in the project', () => {
    writeTree(folder(), {
      'overlay.json': manifest,
      'README.md': 'about the overlay',
      'files/.github/a.yml': 'a',
      'files/b.mustache': '{{name}}',
      'partials/sub/head': 'h',
      'slots/readme': 's',
    });
    const { files, partials, slots, manifest: parsed } = loadOverlay(folder());
    assert.equal(parsed.name, 'acme');
    assert.deepEqual(
      { ...files },
      { '.github/a.yml': { content: 'a', executable: false }, 'b.mustache': { content: '{{name}}', executable: false } },
    );
    assert.deepEqual({ partials, slots }, { partials: { 'sub/head': 'h' }, slots: { readme: 's' } });
  });

  it('keeps bytes that are no text, and a byte order mark', () => {
    const bytes = Uint8Array.of(0x89, 0x50, 0xff, 0x00);
    writeTree(folder(), { 'overlay.json': manifest, 'files/logo.png': bytes, 'files/bom.txt': '\ufeffa' });
    const { files } = loadOverlay(folder());
    assert.deepEqual(Buffer.from(files['logo.png']?.content as Uint8Array), Buffer.from(bytes));
    assert.equal(files['bom.txt']?.content, '\ufeffa');
  });

  it('keeps the executable bit', () => {
    writeTree(folder(), { 'overlay.json': manifest, 'files/run.sh': '', 'files/read.me': '' });
    chmodSync(join(folder(), 'files/run.sh'), 0o755);
    const { files } = loadOverlay(folder());
    assert.deepEqual([files['run.sh']?.executable, files['read.me']?.executable], [true, false]);
  });

  it('takes a link within the overlay for the file it leads to', () => {
    writeTree(folder(), { 'overlay.json': manifest, 'files/a.txt': 'a', 'shared/b.txt': 'b' });
    symlinkSync('../shared/b.txt', join(folder(), 'files/b.txt'));
    assert.equal(loadOverlay(folder()).files['b.txt']?.content, 'b');
  });

  const unsafe: [title: string, link: string, to: string][] = [
    ['a link to a file elsewhere', 'acme/files/b.txt', '../../secret/key'],
    ['a link to a folder elsewhere', 'acme/files/b', '../../secret'],
    ['a link that leads nowhere', 'acme/files/b', 'nothing'],
    ['a link in place of files/', 'acme/partials', '../secret'],
    ['a partial that is a link to a file elsewhere', 'acme/slots/readme', '../../secret/key'],
    ['a link to a folder whose name only begins like the overlay', 'acme/files/b.txt', '../../acme-secret/key'],
  ];
  for (const [title, link, to] of unsafe) {
    it(`refuses ${title}`, () => {
      writeTree(folder(), {
        'acme/overlay.json': manifest,
        'acme/files/a': '',
        'acme/slots/x': '',
        'secret/key': 's',
        'acme-secret/key': 's',
      });
      symlinkSync(to, join(folder(), link));
      assert.throws(() => loadOverlay(join(folder(), 'acme')), { code: 'OVERLAY_UNSAFE', message: /is a link to / });
    });
  }

  const invalid: [title: string, tree: Tree, problem: RegExp][] = [
    ['an overlay.json that is no JSON', { 'overlay.json': '{,}' }, /overlay\.json: .*JSON/],
    ['an overlay.json that says too little', { 'overlay.json': '{"name": "acme"}' }, /overlay\.json:1: description is missing/],
    [
      'a partial that is no text',
      { 'overlay.json': manifest, 'partials/a': Uint8Array.of(0xff) },
      /partials\/a is not UTF-8 text/,
    ],
    [
      'a template that is no text',
      { 'overlay.json': manifest, 'files/a.mustache': Uint8Array.of(0xff) },
      /files\/a\.mustache is not UTF-8 text/,
    ],
  ];
  for (const [title, tree, problem] of invalid) {
    it(`refuses ${title}`, () => {
      writeTree(folder(), tree);
      assert.throws(() => loadOverlay(folder()), { code: 'OVERLAY_INVALID', message: problem });
    });
  }

  it('refuses a folder without an overlay.json', () => {
    assert.throws(() => loadOverlay(folder()), { code: 'OVERLAY_NOT_FOUND', message: /has no overlay\.json/ });
  });
});
