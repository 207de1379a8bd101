import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { useTempFolder } from '../temp-folder.ts';
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

  it('goes on taking back what it was taking back when it was killed', () => {
    leaveUnfinished();
    const old = readFileSync(at(lastFile));
    writeFileSync(at(lastFile), 'mine');
    assert.equal(runTask('recover', folder(), { last: `renameSync ${at(done)}` }).outcome, undefined);
    writeFileSync(at(lastFile), old);
    const { kind, message } = recover(folder())!;
    assert.deepEqual([kind, message], ['undone', 'An earlier run was ended midway; it is taken back.']);
    assert.deepEqual(snapshot(folder()), before);
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
});
