import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { apply } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { undoLast } from '../../src/project/undo.ts';
import { useTempFolder } from '../temp-folder.ts';
import { killTask, runTask } from './torture-run.ts';
import { sceneSteps, snapshot, writeScene } from './torture-scene.ts';

/** `npm run torture` kills more often. */
const kills = Number(process.env['TSFLASK_KILLS'] ?? 16);
const counts = new Map<string, number>();

describe('a run that is killed', function () {
  this.timeout(kills * 3000 + 60_000);
  const folder = useTempFolder();
  let before: Record<string, string>;
  let updated: Record<string, string>;
  const at = (name: string): string => join(folder(), name);
  // node's own copy gives folders other bits.
  const copy = (from: string): void => void execFileSync('cp', ['-a', at(from), at('project')]);
  const update = (project: string) => apply(sceneSteps(), { folder: project, exists: true, entries: [] }, { undo: 'keep' });

  beforeEach(async () => {
    for (const name of ['old', 'new']) {
      mkdirSync(at(name));
      writeScene(at(name));
    }
    before = snapshot(at('old'));
    await update(at('new'));
    updated = snapshot(at('new'));
    assert.notDeepEqual(updated, before);
  });
  after(() => {
    for (const [what, times] of counts) console.log(`      ${String(times).padStart(5)} × ${what}`);
  });

  /** Old tree or new tree, nothing between; what had begun can be done, and be undone. */
  async function checkRecovered(task: string): Promise<void> {
    // It moves between the crash and the recovery.
    renameSync(at('project'), at('moved'));
    const recovery = recover(at('moved'));
    const found = snapshot(at('moved'));
    const isNew = found['.tsflask/manifest.json'] === updated['.tsflask/manifest.json'];
    assert.deepEqual(found, isNew ? updated : before);
    assert.equal(recover(at('moved')), undefined);
    if (!isNew) await update(at('moved'));
    assert.deepEqual(snapshot(at('moved')), updated);
    await undoLast(at('moved'));
    assert.deepEqual(snapshot(at('moved')), before);
    assert.equal(existsSync(join(at('moved'), '.tsflask/local')), false);
    rmSync(at('moved'), { recursive: true });
    const what = `${task}: ${recovery?.kind ?? 'nothing to recover'}, ${isNew ? 'new' : 'old'} tree`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }

  /** What a task does that nobody kills. */
  function measure(task: string, from: string): { readonly calls: number; readonly ms: number } {
    copy(from);
    const outcome = runTask(task, at('project'));
    assert.equal(outcome.outcome, 'done', outcome.message);
    rmSync(at('project'), { recursive: true });
    return outcome;
  }

  for (const [task, from] of [
    ['apply', 'old'],
    ['undo', 'new'],
  ] as const) {
    it(`comes out whole, killed before any call of ${task}`, async () => {
      const { calls } = measure(task, from);
      assert.ok(calls > 200, String(calls));
      for (let turn = 0; turn < kills / 2; turn += 1) {
        copy(from);
        const last = 1 + Math.floor(((turn + Math.random()) * calls * 2) / kills);
        assert.equal(runTask(task, at('project'), { last }).outcome, undefined);
        await checkRecovered(`${task}, at a call`);
      }
    });
  }

  it('comes out whole, killed at any moment', async () => {
    const { ms } = measure('apply', 'old');
    for (let turn = 0; turn < kills; turn += 1) {
      copy('old');
      await killTask('apply', at('project'), Math.random() * ms * 1.3);
      await checkRecovered('apply, at a moment');
    }
  });

  it('comes out whole when its recovery is killed as well, three times over', async () => {
    const { calls } = measure('apply', 'old');
    for (let turn = 0; turn < kills / 4; turn += 1) {
      copy('old');
      runTask('apply', at('project'), { last: Math.floor(calls * (0.5 + Math.random() / 2)) });
      for (let again = 0; again < 3; again += 1) runTask('recover', at('project'), { last: 1 + Math.floor(Math.random() * 60) });
      await checkRecovered('apply, then recover');
    }
  });
});
