import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decide, type Overwrite } from '../../src/commands/decide.ts';
import { enterFolder } from '../../src/commands/enter-folder.ts';
import { inspectTarget } from '../../src/project/target.ts';
import { planOverlays } from '../plan/plan-overlays.ts';
import { runTask } from '../project/torture-run.ts';
import { writeScene } from '../project/torture-scene.ts';
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
  return { texts, overwrite: { ask: { choice, question: async () => undefined }, print: () => {} } as unknown as Overwrite };
}

describe('decide', () => {
  const folder = useTempFolder();

  async function decided(overwrite: Overwrite): Promise<string[]> {
    const planned = await planOverlays([{ files: { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' } }]);
    const { files, kept, conflicts } = await decide(planned, inspectTarget(folder()), overwrite);
    return [
      ...files.map(({ path }) => path),
      ...kept.map((path) => `${path} kept`),
      ...conflicts.map(({ path, places }) => `${path} ${places}`),
    ];
  }

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
    ['merges what the user wants merged', 'merge', ['a.txt', 'c.txt', 'a.txt 1']],
  ];
  for (const [title, answer, paths] of asked) {
    it(title, async () => {
      writeTree(folder(), { 'a.txt': 'mine', 'b.txt': 'b' });
      const { overwrite, texts } = answering(answer);
      assert.deepEqual(await decided(overwrite), paths);
      assert.deepEqual(texts, ['a.txt: a file of yours stands where a new one goes. [merge keep overwrite diff edit abort]']);
    });
  }

  it('asks about one file after the other, an example of ours among them', async () => {
    writeTree(folder(), { 'a.txt': 'mine', 'b.txt': 'mine' });
    const { overwrite, texts } = answering('keep');
    const overlay = { manifest: { files: { 'a.txt': { policy: 'once' } } }, files: { 'a.txt': 'a', 'b.txt': 'b' } } as const;
    const { kept } = await decide(await planOverlays([overlay]), inspectTarget(folder()), overwrite);
    assert.deepEqual([kept, texts.length], [['a.txt', 'b.txt'], 2]);
  });

  it('has a link replaced, and not what it leads to', async () => {
    writeTree(folder(), { 'real.txt': 'mine' });
    symlinkSync('real.txt', join(folder(), 'a.txt'));
    const { overwrite, texts } = answering('overwrite');
    assert.deepEqual(await decided(overwrite), ['a.txt', 'b.txt', 'c.txt']);
    assert.match(texts.join(), /^a\.txt: a link of yours stands/);
  });

  it('writes nothing when the user says so', async () => {
    writeTree(folder(), { 'a.txt': 'mine' });
    await assert.rejects(decided(answering('abort').overwrite), { name: 'Interrupted', message: 'Nothing was written.' });
  });

  it('asks nothing where no file of the user would be changed', async () => {
    writeTree(folder(), { 'mine.txt': '' });
    const { overwrite, texts } = answering('abort');
    assert.deepEqual([await decided(overwrite), texts], [['a.txt', 'b.txt', 'c.txt'], []]);
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

  for (const [title, path] of [
    ['a folder in place of a file', 'a.txt/mine'],
    ['a file in place of a folder', '.tsflask'],
  ] as const)
    it(`refuses ${title}`, async () => {
      writeTree(folder(), { [path]: '' });
      await assert.rejects(decided('all'), { code: 'TARGET_NOT_A_FILE' });
    });
});

describe('decide, where a run was killed', function () {
  this.timeout(30_000);
  const folder = useTempFolder();

  it('finishes that run first, and says so; on a dry run it leaves it', async () => {
    writeScene(folder());
    const last = 'src/part-1/file-1.ts';
    runTask('apply', folder(), { last: join(folder(), last) });
    const planned = await planOverlays([{ files: { [last]: 'a' } }]);
    const { notes: shown } = await decide(planned, inspectTarget(folder()), 'show');
    assert.deepEqual([shown, readFileSync(join(folder(), last), 'utf8').slice(0, 5)], [[], 'old 1']);
    const { notes } = await decide(planned, inspectTarget(folder()), 'all');
    assert.match(notes.join(), /^An earlier run was ended midway; it is finished now/);
    assert.match(readFileSync(join(folder(), last), 'utf8'), /^new 1/);
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
