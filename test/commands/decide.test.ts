import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decide, enterFolder, type Overwrite } from '../../src/commands/decide.ts';
import { inspectTarget } from '../../src/project/target.ts';
import { planOverlays } from '../plan/plan-overlays.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

interface Choices {
  readonly texts: string[];
  readonly overwrite: Overwrite;
}

function answering(value: string): Choices {
  const texts: string[] = [];
  const choice = async (text: string, choices: readonly { value: string }[]): Promise<string> => {
    texts.push(`${text} [${choices.map((offered) => offered.value).join(' ')}]`);
    return value;
  };
  return { texts, overwrite: { ask: { choice, question: async () => undefined } } as unknown as Overwrite };
}

describe('decide', () => {
  const folder = useTempFolder();

  async function decided(overwrite: Overwrite): Promise<string[]> {
    const planned = await planOverlays([{ files: { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' } }]);
    const { files, kept } = await decide(planned, inspectTarget(folder()), overwrite);
    return [...files.map(({ path }) => path), ...kept.map((path) => `${path} kept`)];
  }

  it('writes everything into an empty folder, unasked', async () => {
    mkdirSync(join(folder(), '.git'));
    assert.deepEqual(await decided('never'), ['a.txt', 'b.txt', 'c.txt']);
  });

  it('says what is there where nobody can be asked', async () => {
    writeTree(folder(), { 'a.txt': 'mine', 'b.txt': 'b' });
    await assert.rejects(decided('never'), {
      code: 'TARGET_NOT_EMPTY',
      message: /is not empty \(a\.txt, b\.txt\)\. 1 file of it would be overwritten\..*--force/,
    });
  });

  it('refuses a folder of others too, where nothing would be overwritten', async () => {
    writeTree(folder(), { 'w.txt': '', 'x.txt': '', 'y.txt': '', 'z.txt': '' });
    await assert.rejects(decided('never'), { code: 'TARGET_NOT_EMPTY', message: /is not empty \(.*, …\)\. Give another name/ });
  });

  it('overwrites all when told so, but what is the same already', async () => {
    writeTree(folder(), { 'a.txt': 'mine', 'b.txt': 'b' });
    assert.deepEqual(await decided('all'), ['a.txt', 'c.txt']);
  });

  const asked: [title: string, answer: string, paths: readonly string[]][] = [
    ['overwrites what the user gives away', 'overwrite', ['a.txt', 'c.txt']],
    ['keeps what the user keeps', 'keep', ['c.txt', 'a.txt kept']],
  ];
  for (const [title, answer, paths] of asked) {
    it(title, async () => {
      writeTree(folder(), { 'a.txt': 'mine', 'b.txt': 'b' });
      const { overwrite, texts } = answering(answer);
      assert.deepEqual(await decided(overwrite), paths);
      assert.deepEqual(texts, ['1 file of yours differs from what would be written: a.txt [abort keep overwrite]']);
    });
  }

  it('writes nothing when the user says so', async () => {
    writeTree(folder(), { 'a.txt': 'mine' });
    await assert.rejects(decided(answering('abort').overwrite), { name: 'Interrupted', message: 'Nothing was written.' });
  });

  it('asks nothing where no file of the user would be changed', async () => {
    writeTree(folder(), { 'mine.txt': '' });
    const { overwrite, texts } = answering('abort');
    assert.deepEqual([await decided(overwrite), texts], [['a.txt', 'b.txt', 'c.txt'], []]);
  });

  it('names no more files than a small terminal can show', async () => {
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`f${index + 10}`, 'mine']));
    writeTree(folder(), many);
    const { overwrite, texts } = answering('keep');
    const theirs = Object.fromEntries(Object.keys(many).map((path) => [path, 'theirs']));
    await decide(await planOverlays([{ files: theirs }]), inspectTarget(folder()), overwrite);
    assert.match(texts.join(), /^14 files of yours differ .*: f10, .*, f21, 2 more \[/);
  });

  it('refuses nothing and asks nothing where it is only to show', async () => {
    writeTree(folder(), { 'a.txt': 'mine' });
    const planned = await planOverlays([{ files: { 'a.txt': 'a', 'b.txt': 'b' } }]);
    const { overwritten } = await decide(planned, inspectTarget(folder()), 'show');
    assert.deepEqual(overwritten, ['a.txt']);
  });

  it('is not led out of the project by a link in place of .tsflask', async () => {
    symlinkSync('/', join(folder(), '.tsflask'));
    await assert.rejects(decided('all'), { code: 'PATH_UNSAFE' });
  });
});

describe('enterFolder', () => {
  const folder = useTempFolder();

  async function enter(answer: string): Promise<string[]> {
    const { overwrite, texts } = answering(answer);
    await enterFolder(inspectTarget(folder()), (overwrite as { ask: Parameters<typeof enterFolder>[1] }).ask);
    return texts;
  }

  it('asks nothing about an empty folder', async () => assert.deepEqual(await enter('no'), []));

  it('asks about one that is not', async () => {
    writeTree(folder(), { 'mine.txt': '' });
    assert.deepEqual(await enter('yes'), [`${folder()} is not empty (mine.txt). Write the project into it? [no yes]`]);
  });

  it('ends the run when the user says no', async () => {
    writeTree(folder(), { 'mine.txt': '' });
    await assert.rejects(enter('no'), { name: 'Interrupted', message: 'Nothing was written.' });
  });
});
