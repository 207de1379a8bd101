import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadUserOverlays } from '../../src/project/load-overlays.ts';
import { recordOverlay, type OverlayRecord } from '../../src/project/overlay-record.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

const overlay = JSON.stringify({ name: 'house', description: 'Ours' });

describe('recordOverlay', () => {
  const folder = useTempFolder();

  async function record(source: string, project = 'demo'): Promise<OverlayRecord> {
    const [found] = await loadUserOverlays([source], folder());
    return recordOverlay(found ?? assert.fail(), join(folder(), project));
  }

  it('names a package with its version, wherever it is installed', async () => {
    const manifest = JSON.stringify({ name: '@acme/house', version: '1.2.0' });
    writeTree(folder(), { 'node_modules/@acme/house/overlay.json': overlay, 'node_modules/@acme/house/package.json': manifest });
    assert.deepEqual(await record('@acme/house'), { package: '@acme/house', version: '1.2.0' });
  });

  const paths: [title: string, project: string, path: string][] = [
    ['inside', '', 'rules/house'],
    ['beside', 'demo', '../rules/house'],
  ];
  for (const [title, project, path] of paths) {
    it(`names a folder ${title} the project from the project on, however it was given`, async () => {
      writeTree(folder(), { 'rules/house/overlay.json': overlay });
      const records = [await record('rules/house', project), await record(join(folder(), 'rules/house'), project)];
      assert.deepEqual(
        records.map((one) => 'path' in one && one.path),
        [path, path],
      );
    });
  }

  it('tells contents apart, and not the order they were written in', async () => {
    const trees = [
      { 'a.txt': 'a', 'b.txt': 'b' },
      { 'b.txt': 'b', 'a.txt': 'a' },
      { 'a.txt': 'a', 'b.txt': 'c' },
    ];
    const digests: string[] = [];
    for (const [index, tree] of trees.entries()) {
      const files = Object.entries(tree).map(([path, text]) => [`${index}/files/${path}`, text]);
      writeTree(folder(), { [`${index}/overlay.json`]: overlay, ...(Object.fromEntries(files) as Record<string, string>) });
      const one = await record(`${index}`);
      digests.push('sha256' in one ? one.sha256 : '');
    }
    assert.match(digests[0] ?? '', /^[0-9a-f]{64}$/);
    assert.equal(digests[0], digests[1]);
    assert.notEqual(digests[0], digests[2]);
  });
});
