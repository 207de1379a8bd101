import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { undoLast } from '../../src/project/undo.ts';
import { useTempFolder } from '../temp-folder.ts';
import { runTask } from './torture-run.ts';
import { sceneSteps, snapshot, writeScene } from './torture-scene.ts';

/** Skipped where nothing may be mounted. */
describe('an update on another disk', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const project = (): string => join(folder(), 'project');
  const update = () => apply(sceneSteps(), { folder: project(), exists: true, entries: [] }, { undo: 'keep' });

  /** A file system of its own, and what is left of it to be filled. */
  function mount(at: string, options: string): boolean {
    mkdirSync(at, { recursive: true });
    return process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', at]).status === 0;
  }

  it('is all or nothing on a full disk, however full', async function () {
    if (!mount(project(), 'size=2m')) return this.skip();
    const counts = { done: 0, refused: 0 };
    try {
      writeScene(project());
      const before = snapshot(project());
      const filling = join(project(), 'mine/filling');
      for (let spare = 0; spare <= 600; spare += 12) {
        const { bavail, bsize } = statfsSync(project());
        const withFilling = { ...before, 'mine/filling': '' };
        writeFileSync(filling, Buffer.alloc(bavail * bsize - spare * 1024));
        const shown = (): Record<string, string> => ({ ...snapshot(project()), 'mine/filling': '' });
        const outcome = await update().then(
          () => 'done' as const,
          (error: { code: string; message: string }) => {
            assert.equal(error.code, 'WRITE_FAILED', error.message);
            assert.match(error.message, /ENOSPC.*Nothing was changed/);
            return 'refused' as const;
          },
        );
        counts[outcome] += 1;
        if (outcome === 'refused') {
          assert.deepEqual(shown(), withFilling);
          assert.equal(existsSync(join(project(), '.tsflask/local')), false);
        }
        rmSync(filling);
        if (outcome === 'done') await undoLast(project());
        assert.deepEqual(snapshot(project()), before);
      }
    } finally {
      execFileSync('umount', ['-l', project()]);
    }
    assert.ok(counts.done > 3 && counts.refused > 20, JSON.stringify(counts));
  });

  it('goes over the border of a file system, both ways', async function () {
    const inner = join(project(), 'src');
    if (!mount(inner, 'size=4m')) return this.skip();
    try {
      writeScene(project());
      chmodSync(inner, 0o755);
      const before = snapshot(project());
      await update();
      assert.notDeepEqual(snapshot(project()), before);
      await undoLast(project());
      assert.deepEqual(snapshot(project()), before);
      assert.equal(existsSync(join(project(), '.tsflask/local')), false);
      runTask('apply', project(), { last: join(project(), 'src/part-3/file-33.ts') });
      assert.equal(recover(project())?.kind, 'finished');
      await undoLast(project());
      assert.deepEqual(snapshot(project()), before);
    } finally {
      execFileSync('umount', ['-l', inner]);
    }
  });
});
