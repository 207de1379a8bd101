import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Generator from 'yeoman-generator';
import { emit, release, update } from '../commands/update-project.ts';
import { readTree, useTempFolder } from '../temp-folder.ts';
import { createEnvironment, reportable, runUpdateGenerator, updateGeneratorFile, type Asked } from './run-generator.ts';

const v1 = { 'f.txt': 'a\nb\nc\n', 'g.txt': 'g\n', 'gone.txt': 'gone\n' };
const v2 = { 'f.txt': 'a\nb\nC\n', 'g.txt': 'G\n', 'new.txt': 'new\n' };

describe('yo tsflask:update', () => {
  const folder = useTempFolder();
  const at = (path: string): string => join(folder(), 'demo', path);
  const read = (path: string): string => readFileSync(at(path), 'utf8');
  const messages = (asked: Asked): unknown[] => asked.map(({ question }) => question.message);
  let project = '';

  beforeEach(async () => {
    release(folder(), v1);
    project = await emit(folder());
    release(folder(), v2);
  });
  afterEach(() => {
    process.exitCode = undefined;
  });

  it('writes and takes away what the bin does, asks nothing where nothing meets, and can be undone', async () => {
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    const before = readTree(project);
    assert.deepEqual(messages(await runUpdateGenerator({ cwd: join(project, 'src') })), []);
    const tree = readTree(project);
    assert.deepEqual([tree['f.txt'], tree['g.txt'], tree['new.txt'], tree['gone.txt']], ['A\nb\nC\n', 'G\n', 'new\n', undefined]);
    assert.match((await update(project)).stdout, /is up to date/);
    await runUpdateGenerator({ cwd: project, options: { undo: true } });
    assert.deepEqual(readTree(project), before);
  });

  it('asks about one file after the other, in the words of the bin, and exits with 2 where markers are left', async () => {
    for (const path of ['f.txt', 'g.txt']) writeFileSync(at(path), 'mine\n');
    const asked = await runUpdateGenerator({ cwd: project, answers: { choice: 'merge' } });
    assert.deepEqual(messages(asked), [
      'f.txt: your edit and the update meet in 1 place.',
      'g.txt: your edit and the update meet in 1 place.',
    ]);
    assert.match(read('f.txt'), /^<<<<<<< yours\nmine\n/);
    assert.equal(process.exitCode, 2);
  });

  it('writes nothing at all when it is told to stop', async () => {
    writeFileSync(at('f.txt'), 'mine\n');
    const before = readTree(folder());
    const run = runUpdateGenerator({ cwd: project, answers: { choice: 'abort' } });
    await assert.rejects(run, reportable(/^Nothing was written\.$/, 'INTERRUPTED'));
    assert.deepEqual(readTree(folder()), before);
  });

  it('shows what it would do on a dry run, and writes nothing', async () => {
    const before = readTree(folder());
    await runUpdateGenerator({ cwd: project, options: { dryRun: true } });
    assert.deepEqual(readTree(folder()), before);
  });

  it('makes a file executable of which nothing else is new', async () => {
    release(folder(), { ...v1, 'g.txt': 'g\n' });
    chmodSync(join(folder(), 'rules/files/g.txt'), 0o755);
    await runUpdateGenerator({ cwd: project });
    assert.notEqual(statSync(at('g.txt')).mode & 0o111, 0);
  });

  it('says where there is no project', async () => {
    await assert.rejects(runUpdateGenerator({ cwd: folder() }), reportable(/\.tsflask/, 'PROJECT_NOT_FOUND'));
  });

  it('lets a generator that composes it see its files, edit them and take one away', async () => {
    class Parent extends Generator {
      async initializing(): Promise<void> {
        const { default: Update } = await import('../../generators/update/index.ts');
        await this.composeWith({ Generator: Update, path: updateGeneratorFile }, { generatorOptions: { quiet: true } } as never);
      }

      writing(): void {
        const [f, added] = ['f.txt', 'new.txt'].map((path) => join(project, path)) as [string, string];
        this.fs.write(f, `${this.fs.read(f)}house\n`);
        this.fs.delete(added);
        this.fs.write(join(project, 'own.txt'), 'own\n');
      }
    }
    const { env } = createEnvironment({ cwd: project });
    env.register(Parent, { namespace: 'parent:app', resolved: join(folder(), 'parent/index.js') });
    await env.run(['parent:app']);
    const tree = readTree(project);
    assert.deepEqual([tree['f.txt'], tree['new.txt'], tree['own.txt']], ['a\nb\nC\nhouse\n', undefined, 'own\n']);
    const { stdout } = await update(project);
    assert.match(stdout, /You deleted, and it stays so[^:]*: new\.txt/);
  });

  it('leaves the old project where a disk is full midway', async function () {
    rmSync(project, { recursive: true });
    execFileSync('mkdir', [project]);
    const isMounted =
      process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', project]).status === 0;
    if (!isMounted) return this.skip();
    try {
      release(folder(), v1);
      await emit(folder(), ['--force']);
      release(folder(), { ...v2, 'large.txt': 'large\n'.repeat(200_000) });
      const before = readTree(project);
      await assert.rejects(runUpdateGenerator({ cwd: project }), reportable(/the disk is full/, 'WRITE_FAILED'));
      assert.deepEqual(readTree(project), before);
    } finally {
      execFileSync('umount', ['-l', project]);
    }
  });
});
