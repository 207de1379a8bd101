import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { decide, type Overwrite } from '../../src/commands/decide.ts';
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
      assert.deepEqual(texts, [
        `${folder()} holds 2 entries; these differ from what would be written: a.txt [abort keep overwrite]`,
      ]);
    });
  }

  it('writes nothing when the user says so', async () => {
    writeTree(folder(), { 'a.txt': 'mine' });
    await assert.rejects(decided(answering('abort').overwrite), { code: 'TARGET_NOT_EMPTY' });
  });

  it('asks before it writes beside files of the user', async () => {
    writeTree(folder(), { 'mine.txt': '' });
    const { overwrite, texts } = answering('keep');
    assert.deepEqual(await decided(overwrite), ['a.txt', 'b.txt', 'c.txt']);
    assert.deepEqual(texts, [`${folder()} holds 1 entry; none would be changed. Write the project beside them? [abort keep]`]);
  });

  it('is not led out of the project by a link in place of .tsflask', async () => {
    symlinkSync('/', join(folder(), '.tsflask'));
    await assert.rejects(decided('all'), { code: 'PATH_UNSAFE' });
  });
});
