import assert from 'node:assert/strict';
import { promptOf } from '../../src/answers/prompt.ts';
import { builtInQuestions } from '../../src/answers/questions.ts';
import type { BuiltInQuestion } from '../../src/answers/question.ts';

const [name, region, stages] = ['name', 'region', 'stages'].map((id) =>
  promptOf(builtInQuestions.find((asked) => asked.id === id)!),
);

describe('the prompt of a question', () => {
  it('says how a list is typed', () => {
    assert.equal(stages?.message, 'Stages to deploy, each a separate copy (commas between)');
    assert.equal(stages?.initial, 'dev,prod');
  });

  it('says what is wrong with an answer, and what to type', () => {
    assert.match(name?.validate('My API') ?? '', /^"My API" is not a usable name.* Use a name such as my-api/);
    assert.equal(name?.validate('my-api'), undefined);
    assert.equal(name?.initial, '');
  });

  const searches: [typed: string, found: string[]][] = [
    ['FRANK', ['eu-central-1']],
    ['eu west', ['eu-isoe-west-1', 'eu-west-1', 'eu-west-2', 'eu-west-3']],
    ['eu-west-9', ['eu-west-9']],
    ['eu-west-1', ['eu-west-1']],
    ['atlantis', []],
  ];
  for (const [typed, found] of searches) {
    it(`finds ${found.join(', ') || 'nothing'} for "${typed}"`, () => {
      assert.deepEqual(
        region?.search(typed).map(({ value }) => value),
        found,
      );
    });
  }

  it('finds every suggestion for nothing, and first the answer of a bare Enter', () => {
    const { choices = [] } = builtInQuestions.find(({ id }) => id === 'region') as BuiltInQuestion;
    const found = region?.search('') ?? [];
    assert.deepEqual([found.length, found[0]?.value], [choices.length, 'eu-west-1']);
  });
});
