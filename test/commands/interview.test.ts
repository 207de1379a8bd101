import assert from 'node:assert/strict';
import { createInterview, type Interview } from '../../src/commands/interview.ts';
import type { Prompts } from '../../src/commands/command.ts';
import type { Fill } from '../../src/answers/answers.ts';
import type { BuiltInQuestion } from '../../src/answers/question.ts';
import { Interrupted } from '../../src/error.ts';

const asked: string[] = [];
const prompts: Prompts = {
  question: async ({ id }) => {
    asked.push(id);
    if (id === 'last') throw new Interrupted();
    return `${id}!`;
  },
  choice: async (text) => {
    asked.push(text);
    return 'yes' as never;
  },
};
const question = (id: string): BuiltInQuestion => ({ id, text: id, type: 'text', fix: '' });

describe('an interview', () => {
  beforeEach(() => asked.splice(0));

  function interview(entries: readonly string[], asksToEnter = true): Interview & { fill: Exclude<Fill, string> } {
    const findTarget = (): { folder: string; exists: true; entries: readonly string[] } => ({
      folder: '/demo',
      exists: true,
      entries,
    });
    return createInterview(prompts, { findTarget, asksToEnter }) as Interview & { fill: Exclude<Fill, string> };
  }

  it('asks about a folder that is not empty once, right behind its name', async () => {
    const { fill, enter } = interview(['mine.txt']);
    for (const id of ['name', 'first', 'second']) await fill(question(id), { name: 'demo' });
    await enter({ name: 'demo' });
    assert.deepEqual(asked, ['name', '/demo is not empty (mine.txt). Write the project into it?', 'first', 'second']);
  });

  it('does not ask about it where it may be overwritten', async () => {
    await interview(['mine.txt'], false).fill(question('first'), { name: 'demo' });
    assert.deepEqual(asked, ['first']);
  });

  it('looks at the folder before the next question, and once', async () => {
    let looks = 0;
    const findTarget = (): never => {
      looks += 1;
      throw new Error('no folder');
    };
    const { fill } = createInterview(prompts, { findTarget, asksToEnter: false }) as Interview & { fill: Exclude<Fill, string> };
    await assert.rejects(fill(question('first'), { name: 'demo' }), { message: 'no folder' });
    assert.deepEqual([looks, asked], [1, []]);
  });

  it('knows what is answered when somebody leaves', async () => {
    const { fill, answered } = interview([]);
    assert.equal(answered(), undefined);
    await fill(question('name'), { region: 'eu-west-1' });
    assert.deepEqual(answered(), { region: 'eu-west-1', name: 'name!' });
    await assert.rejects(fill(question('last'), { region: 'eu-west-1', name: 'demo' }), { name: 'Interrupted' });
    assert.deepEqual(answered(), { region: 'eu-west-1', name: 'demo' });
  });
});
