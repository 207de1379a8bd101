import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadBuiltInOverlays } from '../../src/project/built-in-overlays.ts';
import { loadUserOverlays } from '../../src/project/load-overlays.ts';
import { generatorVersion } from '../../src/project/package-root.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

describe('loadBuiltInOverlays', () => {
  it('begins with what every project has and lays the extras over the rest', () => {
    const overlays = loadBuiltInOverlays();
    assert.equal(overlays[0]?.manifest.name, 'service');
    const isExtra = overlays.map(({ manifest }) => 'with' in (manifest.when ?? {}));
    assert.ok(isExtra.indexOf(true) > isExtra.lastIndexOf(false));
  });
});

describe('loadUserOverlays', () => {
  const folder = useTempFolder();

  function write(name: string, more: object): void {
    writeTree(folder(), { [`${name}/overlay.json`]: JSON.stringify({ name, description: 'Ours', ...more }) });
  }

  it('keeps the order in which they are named', async () => {
    write('b', {});
    write('a', { requires: `^${generatorVersion}` });
    const found = await loadUserOverlays(['b', './a'], folder());
    assert.deepEqual(
      found.map(({ folder: at, overlay }) => [at, overlay.manifest.name]),
      [
        [join(folder(), 'b'), 'b'],
        [join(folder(), 'a'), 'a'],
      ],
    );
  });

  it('refuses one that was written for another version', async () => {
    write('a', { requires: '>=99' });
    await assert.rejects(loadUserOverlays(['a'], folder()), {
      code: 'OVERLAY_TOO_NEW',
      message: /overlay a requires generator-tsflask >=99; this is /,
    });
  });

  it('refuses a range that is none, and says what would be one', async () => {
    write('a', { requires: 'abc' });
    await assert.rejects(loadUserOverlays(['a'], folder()), {
      code: 'OVERLAY_INVALID',
      message: /overlay a: requires "abc" is no range of versions\. Write one such as ">=\d/,
    });
  });
});
