import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { recover } from '../../src/project/recover.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { runTask } from './torture-run.ts';
import { snapshot, writeScene } from './torture-scene.ts';

describe('recover, by what it finds', () => {
  const folder = useTempFolder();
  const at = (path: string): string => join(folder(), path);

  it('moves the traces of a run that is done out of the way before it deletes them', () => {
    writeScene(folder());
    assert.equal(runTask('apply-once', folder(), { last: `renameSync ${at('.tsflask/local/waste')}` }).outcome, undefined);
    assert.equal(recover(folder())?.kind, 'finished');
    assert.match(snapshot(folder())['.tsflask/manifest.json']!, /"version":2/);
  });

  it('says nothing of traces that were being deleted, and deletes them', () => {
    writeTree(folder(), { '.tsflask/local/waste/journal.json': '{', '.tsflask/local/lock-1': '', '.tsflask/local/takeover': '' });
    assert.equal(recover(folder()), undefined);
    assert.equal(existsSync(at('.tsflask')), false);
  });

  it('costs nothing where there is nothing', () => {
    writeTree(folder(), { '.tsflask/manifest.json': '{}' });
    const begin = performance.now();
    for (let turn = 0; turn < 100; turn += 1) assert.equal(recover(folder()), undefined);
    assert.ok(performance.now() - begin < 100);
  });

  const step = { kind: 'write', before: 'absent', after: 'absent' };
  const journal = (path: string): string => JSON.stringify({ version: 1, steps: [{ ...step, path }], made: [], emptied: [] });
  const damaged: [title: string, text: string][] = [
    ['cut off', '{"version":1'],
    ['of a newer version', '{"version":2,"steps":[],"made":[],"emptied":[]}'],
    ['without its lists', '{"version":1}'],
    ['that leads out of the project', journal('a/../../b')],
    ['that leads to the root', journal('/etc/passwd')],
    ['that leads to a drive', journal('C:\\b')],
  ];
  for (const [title, text] of damaged) {
    it(`refuses a journal ${title}`, () => {
      writeTree(folder(), { '.tsflask/local/pending/journal.json': text });
      assert.throws(() => recover(folder()), { code: 'JOURNAL_DAMAGED', message: /journal.json.*then remove/ });
      assert.deepEqual(
        Object.keys(readTree(folder())).filter((path) => path.endsWith('lock')),
        [],
      );
    });
  }

  it('does not follow a link out of the project, neither to finish nor to take back', () => {
    mkdirSync(at('outside'));
    writeTree(folder(), {
      'project/.tsflask/local/pending/journal.json': journal('link/b'),
      'project/.tsflask/local/pending/next/0': 'evil',
    });
    symlinkSync('../outside', at('project/link'));
    assert.throws(() => recover(at('project')), { code: 'PATH_UNSAFE', message: /outside, out of the project/ });
    assert.deepEqual(readdirSync(at('outside')), []);
  });
});
