import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCheck } from '../../src/commands/check.ts';
import { runDiff } from '../../src/commands/diff.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';
import { emit, release, update } from './update-project.ts';

describe('tsflask update', () => {
  const folder = useTempFolder();
  useEnvironment(() => gitEnvironment);
  const at = (path: string): string => join(folder(), 'demo', path);
  const read = (path: string): string => readFileSync(at(path), 'utf8');
  const v1 = { 'f.txt': 'a\nb\nc\n' };
  const v2 = { 'f.txt': 'a\nb\nC\n' };

  async function start(): Promise<string> {
    release(folder(), v1);
    return emit(folder());
  }

  it('changes nothing where nothing is new, whatever the answers are', async () => {
    const project = await start();
    await update(project, ['--gateway=rest']);
    const before = readTree(project);
    assert.match((await update(project)).stdout, /is up to date/);
    assert.deepEqual(readTree(project), before);
  });

  it('merges an edit, from a folder below the project', async () => {
    const project = await start();
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    release(folder(), v2);
    assert.equal((await update(join(project, 'src'))).code, 0);
    assert.equal(read('f.txt'), 'A\nb\nC\n');
  });

  it('leaves a deleted file away, says so once, and has it back', async () => {
    const project = await start();
    rmSync(at('f.txt'));
    release(folder(), v2);
    assert.match((await update(project)).stdout, /You deleted, and it stays so[^:]*: f\.txt/);
    assert.doesNotMatch((await update(project)).stdout, /f\.txt/);
    assert.equal((await update(project, ['--restore=f.txt'])).code, 0);
    assert.equal(read('f.txt'), v2['f.txt']);
  });

  it('never overwrites a file of the user’s that a new one meets', async () => {
    const project = await start();
    writeFileSync(at('g.txt'), 'mine\n');
    release(folder(), { ...v1, 'g.txt': 'new\n' });
    assert.equal((await update(project)).code, 2);
    assert.match(read('g.txt'), /^<<<<<<< yours\nmine\n=======\nnew\n>>>>>>> tsflask /);
  });

  it('merges again, as three, when a marked place was settled', async () => {
    const project = await start();
    writeFileSync(at('f.txt'), 'a\nb\nX\n');
    release(folder(), v2);
    assert.equal((await update(project)).code, 2);
    writeFileSync(at('f.txt'), 'a\nb\nCX\n');
    release(folder(), { 'f.txt': 'A\nb\nC\n' });
    assert.equal((await update(project)).code, 0);
    assert.equal(read('f.txt'), 'A\nb\nCX\n');
  });

  it('lists every one of many conflicts', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `n${n}.txt`);
    const all = (text: string): Record<string, string> => Object.fromEntries(names.map((name) => [name, text]));
    release(folder(), all('a\n'));
    const project = await emit(folder());
    writeTree(project, all('mine\n'));
    release(folder(), all('b\n'));
    const { code, stdout } = await update(project);
    assert.equal(code, 2);
    for (const name of names) assert.match(stdout, new RegExp(`^ {4}${name}  1 place`, 'm'));
  });

  it('takes an edit along to a file’s new name', async () => {
    const project = await start();
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    release(folder(), { 'lib/g.txt': v2['f.txt'] }, { renamed: { 'f.txt': 'lib/g.txt' } });
    assert.equal((await update(project)).code, 0);
    assert.deepEqual([existsSync(at('f.txt')), read('lib/g.txt')], [false, 'A\nb\nC\n']);
  });

  it('replaces a link of the user’s itself, and only where it is told to', async () => {
    const project = await start();
    writeFileSync(at('mine.txt'), 'mine\n');
    rmSync(at('f.txt'));
    symlinkSync('mine.txt', at('f.txt'));
    release(folder(), v2);
    assert.equal((await update(project)).code, 2);
    assert.ok(lstatSync(at('f.txt')).isSymbolicLink());
    release(folder(), { 'f.txt': 'third\n' });
    assert.equal((await update(project, ['--on-conflict=overwrite'])).code, 0);
    assert.deepEqual([lstatSync(at('f.txt')).isFile(), read('f.txt'), read('mine.txt')], [true, 'third\n', 'mine\n']);
  });

  it('keeps permission bits, line ends and what was added since', async () => {
    const project = await start();
    writeFileSync(at('f.txt'), 'a\r\nb\r\nc\r\n', { mode: 0o600 });
    execFileSync('chmod', ['600', at('f.txt')]);
    release(folder(), v2);
    await update(project);
    writeFileSync(at('src/mine.ts'), '// mine\n');
    await update(project);
    assert.deepEqual(
      [read('f.txt'), statSync(at('f.txt')).mode & 0o777, read('src/mine.ts')],
      ['a\r\nb\r\nC\r\n', 0o600, '// mine\n'],
    );
  });

  it('puts a folder where a file was, and a file where a folder was', async () => {
    release(folder(), { x: 'a\n', 'y/z': 'a\n' });
    const project = await emit(folder());
    release(folder(), { 'x/y': 'b\n', y: 'b\n' });
    assert.equal((await update(project)).code, 0);
    assert.deepEqual([read('x/y'), read('y')], ['b\n', 'b\n']);
  });

  it('does not offer the example route again', async () => {
    const project = await start();
    rmSync(at('src/routes/hello.ts'));
    release(folder(), v2);
    assert.doesNotMatch((await update(project)).stdout, /hello/);
    assert.ok(!existsSync(at('src/routes/hello.ts')));
  });

  it('leaves what --skip names for a later update', async () => {
    const project = await start();
    release(folder(), { ...v2, 'g.txt': 'g\n' });
    assert.match((await update(project, ['--skip=f.txt'])).stdout, /Left for a later update: f\.txt/);
    assert.deepEqual([read('f.txt'), read('g.txt')], [v1['f.txt'], 'g\n']);
    await update(project);
    assert.equal(read('f.txt'), v2['f.txt']);
  });

  it('takes the last update back, whole', async () => {
    const project = await start();
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    const before = readTree(project);
    release(folder(), { ...v2, 'lib/g.txt': 'g\n' });
    await update(project);
    assert.match(
      (await update(project, ['--undo'])).stdout,
      /undone: 3 files as before|undone: 1 file as before, 1 file gone again/,
    );
    assert.deepEqual(readTree(project), before);
  });

  it('makes its records anew, with the files of today as edits', async () => {
    const project = await start();
    writeFileSync(at('f.txt'), 'mine\n');
    writeFileSync(at('.tsflask/base.json'), '{');
    assert.equal((await update(project, ['--rebase'])).code, 0);
    assert.equal(read('f.txt'), 'mine\n');
    assert.match((await update(project)).stdout, /is up to date/);
  });

  it('writes nothing on a dry run', async () => {
    const project = await start();
    release(folder(), v2);
    const before = readTree(project);
    assert.match((await update(project, ['--dry-run'])).stdout, /To be updated \(1\)\n {4}f\.txt\n.*would change/s);
    assert.deepEqual(readTree(project), before);
  });

  it('reports for programs', async () => {
    const project = await start();
    writeFileSync(at('f.txt'), 'a\nb\nX\n');
    release(folder(), v2);
    const { stdout, code } = await update(project, ['--json']);
    const report = JSON.parse(stdout) as { changes: { path: string; fate: string }[]; conflicts: unknown };
    assert.deepEqual([code, report.conflicts], [2, [{ path: 'f.txt', places: 1, reason: 'overlap' }]]);
    assert.deepEqual(
      report.changes.map(({ path, fate }) => [path, fate]),
      [['f.txt', 'conflict']],
    );
  });

  it('is what diff shows and what check asks for', async () => {
    const project = await start();
    const check = async (argv: readonly string[] = []): Promise<number> => runCheck(argv, stubTerminal(project).terminal);
    assert.equal(await check(), 0);
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    assert.deepEqual([await check(), await check(['--allow-edits'])], [2, 0]);
    release(folder(), v2);
    const { terminal, printed } = stubTerminal(project);
    assert.deepEqual([await check(['--allow-edits']), await runDiff([], terminal)], [2, 0]);
    const diff = printed().stdout;
    assert.match(diff, /^--- a\/f\.txt\n\+\+\+ b\/f\.txt\n/);
    mkdirSync(join(folder(), 'applied'));
    writeFileSync(join(folder(), 'applied/f.txt'), read('f.txt'));
    execFileSync('git', ['apply', '-p1'], { cwd: join(folder(), 'applied'), input: diff });
    await update(project);
    assert.equal(readFileSync(join(folder(), 'applied/f.txt'), 'utf8'), read('f.txt'));
  });
});
