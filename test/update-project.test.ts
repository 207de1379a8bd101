import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { update } from '../src/index.ts';
import { emit, release } from './commands/update-project.ts';
import { gitEnvironment, useEnvironment } from './environment.ts';
import { readTree, useTempFolder } from './temp-folder.ts';

describe('update, as a function', () => {
  const folder = useTempFolder();
  useEnvironment(() => gitEnvironment);
  const at = (path: string): string => join(folder(), 'demo', path);
  let project = '';

  beforeEach(async () => {
    release(folder(), { 'f.txt': 'a\n', 'g.txt': 'a\n' });
    project = await emit(folder());
    writeFileSync(at('f.txt'), 'mine\n');
    release(folder(), { 'f.txt': 'b\n', 'g.txt': 'b\n' });
  });

  it('merges, and says what became of which file', async () => {
    const { changes, conflicts, ...report } = await update({ project: join(project, 'src'), answers: { stages: ['qa'] } });
    assert.equal(report.project, project);
    const fates = Object.fromEntries(changes.map(({ path, fate }) => [path, fate]));
    assert.deepEqual(
      ['f.txt', 'g.txt', 'terraform/stages/qa/main.tf', 'terraform/stages/dev/main.tf'].map((path) => fates[path]),
      ['conflict', 'updated', 'created', 'removed'],
    );
    assert.deepEqual(conflicts, [{ path: 'f.txt', places: 1, reason: 'overlap' }]);
    assert.match(readFileSync(at('f.txt'), 'utf8'), /^<<<<<<< yours$/m);
  });

  it('settles conflicts as it is told, leaves what it is told, and writes nothing on a dry run', async () => {
    const before = readTree(project);
    const { conflicts } = await update({ project, isDry: true, onConflict: 'keep' });
    assert.deepEqual([conflicts, readTree(project)], [[], before]);
    await update({ project, onConflict: 'overwrite', skip: ['g.txt'], isForced: true });
    assert.deepEqual([readFileSync(at('f.txt'), 'utf8'), readFileSync(at('g.txt'), 'utf8')], ['b\n', 'a\n']);
  });

  it('throws what the command says', async () => {
    await assert.rejects(update({ project: folder() }), { code: 'PROJECT_NOT_FOUND' });
    await assert.rejects(update({ project, answers: { region: 'eu west' } }), { code: 'REGION_INVALID' });
  });
});
