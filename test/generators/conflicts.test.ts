import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { reportable, runGenerator, type Asked } from './run-generator.ts';

const mine = { 'README.md': 'mine\n', 'notes.txt': 'mine too\n' };

describe('yo tsflask into a folder that is not empty', () => {
  const folder = useTempFolder();
  const project = (): Record<string, string> => readTree(join(folder(), 'demo'));
  const names = (asked: Asked): unknown[] => asked.map(({ question }) => question.name);

  /** Answers every question with its default, but what is to become of the folder. */
  async function run(choice: string, options: object = {}): Promise<Asked> {
    return runGenerator('demo', { cwd: folder(), answers: { choice }, options: { ...options } });
  }

  beforeEach(() => writeTree(join(folder(), 'demo'), mine));

  it('asks first whether to write there, last by name of what would be lost, and never by the menu of Yeoman', async () => {
    const asked = await run('keep');
    const texts = asked.filter(({ question }) => question.name === 'choice').map(({ question }) => question.message);
    assert.deepEqual([names(asked)[0], names(asked).at(-1), texts.length], ['choice', 'choice', 2]);
    assert.match(texts[0] ?? '', /demo is not empty \(README\.md, notes\.txt\)\. Write the project into it\?$/);
    assert.match(texts[1] ?? '', /^README\.md: a file of yours stands where a new one goes\.$/);
  });

  it('keeps what is there, writes the rest, and knows what it had written', async () => {
    await run('keep');
    const { 'README.md': readme, 'notes.txt': notes, 'package.json': manifest, '.tsflask/base.json': base = '' } = project();
    assert.deepEqual({ 'README.md': readme, 'notes.txt': notes }, mine);
    assert.match(manifest ?? '', /"name": "demo"/);
    assert.match((JSON.parse(base) as Record<string, string>)['README.md'] ?? '', /^# demo\n/);
  });

  it('overwrites what differs and leaves what is not its own', async () => {
    await run('overwrite');
    assert.match(project()['README.md'] ?? '', /^# demo\n/);
    assert.equal(project()['notes.txt'], 'mine too\n');
  });

  it('overwrites unasked with --force', async () => {
    assert.deepEqual(names(await run('abort', { force: true, yes: true })), []);
    assert.match(project()['README.md'] ?? '', /^# demo\n/);
  });

  it('writes nothing at all when it is told to stop', async () => {
    await assert.rejects(run('abort'), reportable(/^Nothing was written\.\nTo go on from here: yo tsflask demo /, 'INTERRUPTED'));
    assert.deepEqual(readTree(folder()), { 'demo/README.md': 'mine\n', 'demo/notes.txt': 'mine too\n' });
  });

  it('finds nothing to do where its own output lies', async () => {
    await run('overwrite');
    const before = project();
    assert.equal(names(await run('keep')).at(-1), 'iac');
    assert.deepEqual(project(), before);
  });
});
