import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDiff } from '../../src/commands/diff.ts';
import { runNew } from '../../src/commands/new.ts';
import { gitEnvironment, useEnvironment } from '../environment.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';
import { emit, release, update } from './update-project.ts';

/** What made updates of other tools fail, or lose something: https://github.com/copier-org/copier/issues, https://github.com/cruft/cruft/issues */
describe('what broke others', () => {
  const folder = useTempFolder();
  useEnvironment(() => gitEnvironment);
  const at = (path: string): string => join(folder(), 'demo', path);
  const read = (path: string): string => readFileSync(at(path), 'utf8');
  const v1 = { 'f.txt': 'a\nb\nc\n' };
  const v2 = { 'f.txt': 'a\nb\nC\n' };

  function git(cwd: string, ...args: readonly string[]): string {
    return execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }
  function commitAll(cwd: string): void {
    git(cwd, 'add', '--all');
    git(cwd, 'commit', '--quiet', '--message=x');
  }

  it('a project in a folder of a repository whose other folders have changes: it is merged', async () => {
    release(folder(), v1);
    const project = await emit(folder());
    git(folder(), 'init', '--quiet');
    writeTree(folder(), { 'sibling.txt': '' });
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    commitAll(folder());
    writeTree(folder(), { 'sibling.txt': 'not committed' });
    release(folder(), v2);
    assert.equal((await update(project)).code, 0);
    assert.equal(read('f.txt'), 'A\nb\nC\n');
  });

  it('a file that git ignores: it is updated', async () => {
    release(folder(), v1);
    const project = await emit(folder());
    git(project, 'init', '--quiet');
    appendFileSync(at('.gitignore'), 'f.txt\n');
    commitAll(project);
    release(folder(), v2);
    assert.equal((await update(project)).code, 0);
    assert.equal(read('f.txt'), v2['f.txt']);
  });

  it('a file that becomes executable, edited, where git looks at no permission bits: both, and git is told how', async () => {
    release(folder(), { 'run.sh': 'a\nb\nc\n' });
    const project = await emit(folder());
    git(project, 'init', '--quiet');
    git(project, 'config', 'core.fileMode', 'false');
    writeFileSync(at('run.sh'), 'A\nb\nc\n');
    commitAll(project);
    chmodSync(join(folder(), 'rules/files/run.sh'), 0o755);
    const { code, stdout } = await update(project);
    assert.deepEqual([code, read('run.sh')], [0, 'A\nb\nc\n']);
    assert.notEqual(statSync(at('run.sh')).mode & 0o111, 0);
    assert.match(stdout.replaceAll(/\s+/g, ' '), /git update-index --chmod=\+x run\.sh/);
  });

  it('answers other than the defaults, and nothing new: the diff is empty', async () => {
    release(folder(), v1);
    const { terminal } = stubTerminal(folder());
    const answers = ['--gateway=rest', '--framework=express', '--stages=qa', '--with=container', '--node=22'];
    await runNew(['demo', '--yes', ...answers, '--overlay=rules', '--skip-install', '--no-git', '--quiet'], terminal);
    const shown = stubTerminal(at(''));
    await runDiff([], shown.terminal);
    assert.equal(shown.printed().stdout, '');
  });

  it('dozens of overlays: every file that conflicts is listed', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `rules-${index}`);
    const lay = (text: string): void => {
      for (const name of names) {
        const manifest = JSON.stringify({ name, description: 'One of many' });
        writeTree(join(folder(), name), { 'overlay.json': manifest, [`files/${name}.txt`]: text });
      }
    };
    lay('a\n');
    const { terminal } = stubTerminal(folder());
    const overlays = names.map((name) => `--overlay=${name}`);
    await runNew(['demo', '--yes', ...overlays, '--skip-install', '--no-git', '--quiet'], terminal);
    for (const name of names) writeFileSync(at(`${name}.txt`), 'mine\n');
    lay('b\n');
    const { code, stdout } = await update(at(''));
    assert.equal(code, 2);
    for (const name of names) assert.match(stdout, new RegExp(`^ {4}${name}\\.txt {2}1 place `, 'm'));
  });

  it('a workflow, and a token that may not write one: it is said before, and the rest goes on', async () => {
    const workflow = '.github/workflows/house.yml';
    release(folder(), { ...v1, [workflow]: 'on: push\n' });
    const project = await emit(folder());
    release(folder(), { ...v2, [workflow]: 'on: pull_request\n' });
    const { code, stdout } = await update(project, ['--skip', '.github/workflows']);
    assert.deepEqual([code, read('f.txt'), read(workflow)], [0, v2['f.txt'], 'on: push\n']);
    assert.doesNotMatch(stdout, /only from a token/);
    assert.match(
      (await update(project, ['--dry-run'])).stdout.replaceAll(/\s+/g, ' '),
      /house\.yml: GitHub takes changes of workflows only from a token/,
    );
  });

  it('an overlay of a package that is newer by now: the update goes through it, and is recorded', async () => {
    const house = join(folder(), 'node_modules/house-rules');
    const publish = (version: string, files: Readonly<Record<string, string>>): void => {
      release(folder(), files);
      writeTree(join(folder(), 'rules'), { 'package.json': JSON.stringify({ name: 'house-rules', version }) });
      execFileSync('rm', ['-rf', house]);
      writeTree(join(folder(), 'node_modules'), { '.keep': '' });
      renameSync(join(folder(), 'rules'), house);
    };
    publish('1.0.0', v1);
    const { terminal } = stubTerminal(folder());
    await runNew(['demo', '--yes', '--overlay=house-rules', '--skip-install', '--no-git', '--quiet'], terminal);
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    publish('1.1.0', v2);
    assert.equal((await update(at(''))).code, 0);
    assert.equal(read('f.txt'), 'A\nb\nC\n');
    const { overlays } = JSON.parse(read('.tsflask/manifest.json')) as { overlays: unknown };
    assert.match(JSON.stringify(overlays), /"house-rules".*"1\.1\.0"/);
  });

  it('a base in the middle of a git conflict: --rebase is named, and makes it anew', async () => {
    release(folder(), v1);
    const project = await emit(folder());
    writeFileSync(at('f.txt'), 'A\nb\nc\n');
    const before = readTree(project);
    writeFileSync(at('.tsflask/base.json'), `<<<<<<< HEAD\n${read('.tsflask/base.json')}=======\n{}\n>>>>>>> x\n`);
    await assert.rejects(update(project), { code: 'BASE_INVALID', message: /--rebase/ });
    assert.equal((await update(project, ['--rebase'])).code, 0);
    assert.deepEqual([read('.tsflask/base.json'), read('f.txt')], [before['.tsflask/base.json'], 'A\nb\nc\n']);
  });
});
