import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { locateOverlay } from '../../src/project/locate-overlay.ts';
import { parseOverlaySource } from '../../src/project/overlay-source.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

const overlay = '{"name": "acme", "description": "Ours"}';

describe('parseOverlaySource', () => {
  const cases: [text: string, kinds: string][] = [
    ['../house-rules', 'folder ../house-rules'],
    ['.', 'folder .'],
    ['house-rules', 'folder house-rules, package house-rules'],
    ['@acme/house-rules', 'folder @acme/house-rules, package @acme/house-rules'],
    ['@acme/house-rules@1.2.0', 'folder @acme/house-rules@1.2.0, package @acme/house-rules 1.2.0'],
    ['npm:house-rules@^1', 'folder npm:house-rules@^1, package house-rules ^1'],
    ['git+https://example.org/acme/rules.git#v1', 'spec git+https://example.org/acme/rules.git#v1'],
    ['github:acme/rules', 'spec github:acme/rules'],
    ['git@example.org:acme/rules.git', 'spec git@example.org:acme/rules.git'],
    ['https://example.org/rules.tgz', 'spec https://example.org/rules.tgz'],
    ['../rules-1.0.0.tgz', 'spec ../rules-1.0.0.tgz'],
    ['--global', 'folder --global'],
    ['my rules', 'folder my rules'],
  ];
  for (const [text, kinds] of cases) {
    it(`reads ${text}`, () => {
      const read = parseOverlaySource(text).map(({ kind, ...rest }) => [kind, ...Object.values(rest)].join(' '));
      assert.equal(read.join(', '), kinds);
    });
  }
});

describe('locateOverlay', () => {
  const folder = useTempFolder();
  const located = async (text: string, from = folder()): Promise<string> => (await locateOverlay(text, from)).folder;

  it('prefers a folder to a package of the same name', async () => {
    writeTree(folder(), { 'acme/overlay.json': overlay, 'node_modules/acme/overlay.json': overlay });
    assert.equal(await located('acme'), join(folder(), 'acme'));
    assert.equal(await located(join(folder(), 'acme'), '/'), join(folder(), 'acme'));
  });

  it('finds a package that is installed above, and its version', async () => {
    writeTree(folder(), {
      'node_modules/@acme/rules/overlay.json': overlay,
      'node_modules/@acme/rules/package.json': '{"version":"1.2.0"}',
    });
    mkdirSync(join(folder(), 'a/b'), { recursive: true });
    const at = join(folder(), 'node_modules/@acme/rules');
    for (const text of ['@acme/rules', '@acme/rules@1.2.0', 'npm:@acme/rules@^1']) {
      const { folder: lies, package: found } = await locateOverlay(text, join(folder(), 'a/b'));
      assert.deepEqual([lies, found], [at, { name: '@acme/rules', version: '1.2.0' }]);
    }
  });

  it('passes over a package that is no overlay, and says what else may be typed', async () => {
    writeTree(folder(), { 'node_modules/acme/package.json': '{}' });
    await assert.rejects(located('acme'), {
      code: 'OVERLAY_NOT_FOUND',
      message: /--overlay acme: there is no such folder, .*nor beside tsflask\. .*--overlay acme@latest/,
    });
  });

  it('speaks of no package where there can be none', async () => {
    await assert.rejects(located('./acme'), { message: /^--overlay \.\/acme: there is no such folder\. Give the path/ });
  });
});
