import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNew } from '../../src/commands/new.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

const quick = ['--skip-install', '--no-git'];

interface Stored {
  readonly answers: Readonly<Record<string, unknown>>;
  readonly files: object;
}

function manifestOf(folder: string): Stored {
  return JSON.parse(readFileSync(join(folder, '.tsflask/manifest.json'), 'utf8')) as Stored;
}

describe('tsflask new', () => {
  const folder = useTempFolder();

  async function run(...argv: string[]): Promise<{ stdout: string; stderr: string }> {
    const { terminal, printed } = stubTerminal(folder());
    assert.equal(await runNew(argv, terminal), 0);
    return printed();
  }

  it('writes the project, the base of every file and, in the manifest, what they were made from', async () => {
    await run('demo', '--yes', ...quick, '--with', 'github');
    const tree = readTree(join(folder(), 'demo'));
    const { answers, files } = manifestOf(join(folder(), 'demo'));
    assert.deepEqual(answers['with'], ['github']);
    const planned = Object.keys(tree).filter((path) => !path.startsWith('.tsflask/'));
    assert.deepEqual(planned, Object.keys(files));
    const base = JSON.parse(tree['.tsflask/base.json'] ?? '') as Record<string, string>;
    for (const [path, text] of Object.entries(base)) assert.equal(tree[path], text);
    assert.deepEqual(readdirSync(folder()), ['demo']);
  });

  it('takes the name from the end of the path', async () => {
    await run('apis/demo', '--yes', ...quick, '--quiet');
    assert.equal(manifestOf(join(folder(), 'apis/demo')).answers['name'], 'demo');
  });

  it('writes into the folder that it stands in', async () => {
    mkdirSync(join(folder(), 'demo'));
    const { terminal } = stubTerminal(join(folder(), 'demo'));
    await runNew(['.', '--yes', ...quick], terminal);
    assert.equal(manifestOf(join(folder(), 'demo')).answers['name'], 'demo');
  });

  it('takes the name of an answers file before that of the folder it stands in', async () => {
    writeTree(folder(), { 'clone/answers.yaml': 'name: filed\n' });
    const { terminal } = stubTerminal(join(folder(), 'clone'));
    await runNew(['.', '--answers', 'answers.yaml', '--yes', '--force', ...quick], terminal);
    assert.equal(manifestOf(join(folder(), 'clone')).answers['name'], 'filed');
  });

  it('says how to make the same again, in the same place', async () => {
    const { stdout } = await run('apis/demo', '--yes', ...quick);
    assert.match(stdout, /^Same again: tsflask new apis\/demo --yes$/m);
  });

  it('takes --name before the folder, the folder before the answers file', async () => {
    writeTree(folder(), { 'team/answers.yaml': 'name: filed\nregion: us-east-1\ngateway: url\n' });
    const { terminal } = stubTerminal(join(folder(), 'team'));
    await runNew(
      ['Any Folder', '--name', 'flagged', '--answers', 'answers.yaml', '--gateway', 'http', '--yes', ...quick],
      terminal,
    );
    await runNew(['typed', '--answers', 'answers.yaml', '--yes', ...quick], terminal);
    await runNew(['--answers', 'answers.yaml', '--yes', ...quick], terminal);
    const names = ['Any Folder', 'typed', 'filed'].map((path) => {
      const { answers } = manifestOf(join(folder(), 'team', path));
      return [answers['name'], answers['region'], answers['gateway']];
    });
    assert.deepEqual(names, [
      ['flagged', 'us-east-1', 'http'],
      ['typed', 'us-east-1', 'url'],
      ['filed', 'us-east-1', 'url'],
    ]);
  });

  it('makes the same again from its own manifest', async () => {
    await run('demo', '--yes', ...quick, '--gateway', 'rest', '--description', 'It\'s "it"\n${x}');
    await run('again/demo', '--answers', 'demo/.tsflask/manifest.json', ...quick);
    assert.deepEqual(readTree(join(folder(), 'again/demo')), readTree(join(folder(), 'demo')));
  });

  it('makes the same again in a clone of any name', async () => {
    await run('demo', '--yes', ...quick, '--gateway', 'rest');
    const before = readTree(join(folder(), 'demo'));
    writeTree(folder(), Object.fromEntries(Object.entries(before).map(([path, text]) => [`clone/${path}`, text])));
    writeTree(folder(), { 'clone/src/app.ts': 'edited' });
    const { terminal } = stubTerminal(join(folder(), 'clone'));
    await runNew(['.', '--answers', '.tsflask/manifest.json', '--force', ...quick, '--quiet'], terminal);
    assert.deepEqual(readTree(join(folder(), 'clone')), before);
  });

  it('asks for what is missing when there is somebody to ask', async () => {
    const asked: string[] = [];
    const { terminal } = stubTerminal(folder(), {
      question: async ({ id, default: fallback }) => {
        asked.push(id);
        return id === 'stages' ? 'qa' : fallback;
      },
    });
    await runNew(['demo', '--region', 'eu-west-1', ...quick], terminal);
    assert.deepEqual(manifestOf(join(folder(), 'demo')).answers['stages'], ['qa']);
    assert.equal(asked.includes('name') || asked.includes('region'), false);
    assert.equal(asked[0], 'description');
  });

  it('takes -y for --yes and -f for --force', async () => {
    writeTree(folder(), { 'demo/README.md': 'mine' });
    await run('demo', '-yf', ...quick, '--quiet');
    assert.equal(manifestOf(join(folder(), 'demo')).answers['name'], 'demo');
  });

  it('shows on a dry run what would be written, and writes nothing', async () => {
    const { stdout } = await run('demo', '--yes', '--dry-run');
    assert.match(stdout, /^\d+ files, .* would be written:.*app\.ts.*Nothing was written\.\n$/s);
    assert.deepEqual(readdirSync(folder()), []);
  });

  it('shows on a dry run which files of a folder it would overwrite', async () => {
    writeTree(folder(), { 'demo/README.md': 'mine', 'demo/mine.txt': 'mine' });
    for (const force of [[], ['--force']]) {
      const { stdout } = await run('demo', '--yes', '--dry-run', ...force);
      assert.match(stdout, /\n! Would be overwritten with --force: README\.md\n\nNothing was written\.\n$/);
    }
    assert.deepEqual(readTree(folder()), { 'demo/README.md': 'mine', 'demo/mine.txt': 'mine' });
  });

  it('reports as JSON, and nothing but', async () => {
    const { stdout, stderr } = await run('demo', '--yes', ...quick, '--json', '--region', 'xx-nowhere-1');
    const report = JSON.parse(stdout) as { folder: string; files: { path: string }[]; warnings: string[] };
    assert.equal(report.folder, 'demo');
    assert.ok(report.files.some(({ path }) => path === 'package.json'));
    assert.match(report.warnings.join(), /^xx-nowhere-1 is not a region we know/);
    assert.equal(stderr, '');
  });

  it('prints nothing when it is to be quiet', async () => {
    assert.deepEqual(await run('demo', '--yes', ...quick, '--quiet'), { stdout: '', stderr: '' });
  });

  it('overwrites with --force only what it plans', async () => {
    writeTree(folder(), { 'demo/README.md': 'mine', 'demo/mine.txt': 'mine' });
    await run('demo', '--yes', '--force', ...quick);
    const tree = readTree(join(folder(), 'demo'));
    assert.equal(tree['mine.txt'], 'mine');
    assert.match(tree['README.md'] ?? '', /^# demo\n/);
    assert.deepEqual(readdirSync(folder()), ['demo']);
  });
});
