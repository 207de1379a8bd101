import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { runNew } from '../../src/commands/new.ts';
import { Interrupted } from '../../src/error.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

describe('tsflask new', () => {
  const folder = useTempFolder();

  it('writes nothing when the user leaves a question', async () => {
    const { terminal } = stubTerminal(folder(), { question: () => Promise.reject(new Interrupted()) });
    await assert.rejects(runNew(['demo'], terminal), { name: 'Interrupted' });
    assert.deepEqual(readdirSync(folder()), []);
  });

  const refused: [title: string, argv: readonly string[], code: string][] = [
    ['a name that does not fit', ['Demo', '--yes'], 'NAME_INVALID'],
    ['no name', ['--yes'], 'ANSWER_MISSING'],
    ['a name that is empty, as an unset variable is', ['', '--yes'], 'NAME_INVALID'],
    ['a name of spaces', [' ', '--name', 'demo', '--yes'], 'NAME_INVALID'],
    ['an empty --name', ['demo', '--name', '', '--yes'], 'NAME_INVALID'],
    ['an empty --overlay', ['demo', '--overlay', '', '--yes'], 'FLAG_VALUE_MISSING'],
    ['an empty --answers', ['demo', '--answers=', '--yes'], 'FLAG_VALUE_MISSING'],
    ['a missing answer when there is nobody to ask', ['demo'], 'ANSWER_MISSING'],
    ['a flag that there is not', ['demo', '--yes', '--colour'], 'FLAG_UNKNOWN'],
    ['two names', ['demo', 'orders', '--yes'], 'ARGUMENT_UNEXPECTED'],
    ['a folder that holds something', ['full', '--yes'], 'TARGET_NOT_EMPTY'],
    ['a file in the place of the folder', ['full/mine.txt', '--name', 'demo', '--yes'], 'TARGET_NOT_A_FOLDER'],
    ['an answers file that there is not', ['demo', '--yes', '--answers', 'nothing.yaml'], 'ANSWERS_FILE_UNREADABLE'],
    ['a stream behind a gateway that buffers', ['demo', '--yes', '--with', 'streaming'], 'CHOICE_REFUSED'],
    ['an overlay that there is not', ['demo', '--yes', '--overlay', 'nothing'], 'OVERLAY_NOT_FOUND'],
  ];
  for (const [title, argv, code] of refused) {
    it(`refuses ${title} and writes nothing`, async () => {
      writeTree(folder(), { 'full/mine.txt': 'mine' });
      await assert.rejects(runNew(argv, stubTerminal(folder()).terminal), { code });
      assert.deepEqual(readTree(folder()), { 'full/mine.txt': 'mine' });
    });
  }
});
