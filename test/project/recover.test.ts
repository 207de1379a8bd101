import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { runTask } from './torture-run.ts';
import { snapshot, writeScene } from './torture-scene.ts';

/** `src/part-0/file-0.ts` is written by then, and `src/part-1/file-1.ts` is not. */
const lastFile = 'src/part-1/file-1.ts';
const done = 'src/part-0/file-0.ts';

describe('recover', function () {
  this.timeout(30_000);
  const folder = useTempFolder();
  const at = (path: string): string => join(folder(), path);
  let before: Record<string, string>;

  /** A run that was killed before it wrote the last file. */
  function leaveUnfinished(): void {
    writeScene(folder());
    before = snapshot(folder());
    runTask('apply', folder(), { last: at(lastFile) });
    assert.match(readFileSync(at(done), 'utf8'), /^new 0/);
    assert.match(readFileSync(at(lastFile), 'utf8'), /^old 1/);
  }

  it('finishes, and says so', () => {
    leaveUnfinished();
    const { kind, paths, message } = recover(folder())!;
    assert.equal(kind, 'finished');
    assert.ok(paths.includes(done) && paths.includes(lastFile));
    assert.equal(message, `An earlier run was ended midway; it is finished now: ${paths.length} files.`);
  });

  /** What the user does between the crash and the recovery, and the paths that stay as they left them. */
  const edits: [title: string, edit: () => void, stays: Readonly<Record<string, string | undefined>>, message: RegExp][] = [
    [
      'edits a file that was not written yet',
      () => writeFileSync(at(lastFile), 'mine'),
      { [lastFile]: 'mine' },
      /because of your changes to src\/part-1\/file-1.ts\.$/,
    ],
    [
      'saves a file that was not written yet under a new inode',
      () => {
        rmSync(at(lastFile));
        writeFileSync(at(lastFile), 'mine');
      },
      { [lastFile]: 'mine' },
      /because of your changes/,
    ],
    ['deletes a file that was not written yet', () => rmSync(at(lastFile)), { [lastFile]: undefined }, /because of your changes/],
    [
      'edits a written file and one that was not',
      () => {
        writeFileSync(at(done), 'mine');
        writeFileSync(at(lastFile), 'mine, too');
      },
      { [done]: 'mine', [lastFile]: 'mine, too' },
      /Left as you changed them since: src\/part-0\/file-0.ts \(before: .tsflask\/local\/left-1\/kept\/\d+\)\.$/,
    ],
    [
      'takes a written file back',
      () => writeFileSync(at(done), 'old 0\n'.repeat(50)),
      {},
      /because of your changes to src\/part-0\/file-0.ts\.$/,
    ],
  ];
  for (const [title, edit, stays, message] of edits) {
    it(`takes the run back when the user ${title}`, () => {
      leaveUnfinished();
      edit();
      const recovery = recover(folder())!;
      assert.equal(recovery.kind, 'undone');
      assert.match(recovery.message, message);
      const found = snapshot(folder());
      for (const [path, text] of Object.entries(stays)) {
        assert.equal(found[path]?.replace(/^644 /, ''), text);
        const left = /before: (\S+)\)/.exec(recovery.message)?.[1];
        if (path === done) assert.equal(readFileSync(at(left!), 'utf8'), 'old 0\n'.repeat(50));
      }
      const isOther = ([path]: [string, string]): boolean => !Object.hasOwn(stays, path) && !path.startsWith('.tsflask/local');
      assert.deepEqual(Object.entries(found).filter(isOther), Object.entries(before).filter(isOther));
    });
  }

  it('finishes and keeps an edit of a file that was written already', () => {
    leaveUnfinished();
    writeFileSync(at(done), 'mine');
    assert.equal(recover(folder())?.kind, 'finished');
    assert.equal(readFileSync(at(done), 'utf8'), 'mine');
  });

  it('is done before anything else is written, which then has to be decided again', async () => {
    leaveUnfinished();
    const target = { folder: folder(), exists: true, entries: [] };
    await assert.rejects(apply([{ path: 'x', content: '' }], target), {
      code: 'CHANGED_MEANWHILE',
      message: /finished now.*Run it again/,
    });
    await apply([{ path: 'x', content: '' }], target);
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
