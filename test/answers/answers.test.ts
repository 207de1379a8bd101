import assert from 'node:assert/strict';
import { collectAnswers, type AnswerSource, type Fill } from '../../src/answers/answers.ts';
import type { BuiltInQuestion } from '../../src/answers/question.ts';
import { builtInQuestions } from '../../src/answers/questions.ts';
import { TsflaskError } from '../../src/error.ts';

const basics = { text: 'Anything', fix: 'Type something else.' };
const questions: readonly BuiltInQuestion[] = [
  { ...basics, id: 'name', type: 'text' },
  { ...basics, id: 'region', type: 'text', default: 'eu-west-1', warn: (value) => (value === 'moon' ? 'far away' : undefined) },
  { ...basics, id: 'audited', type: 'yes-no', default: false },
  { ...basics, id: 'auditor', type: 'text', when: { audited: true } },
];

function source(place: string, values: Readonly<Record<string, unknown>>): AnswerSource {
  return { values, locate: (id) => `${place}, ${id}` };
}

async function faultsOf(sources: readonly AnswerSource[], fill: Fill): Promise<readonly string[]> {
  const error: unknown = await collectAnswers(questions, sources, fill).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof TsflaskError);
  return error.faults.map(({ code, problem }) => `${code} ${problem}`);
}

describe('collectAnswers', () => {
  it('takes a flag before the file, the file before the default', async () => {
    const sources = [source('flags', { name: 'flag' }), source('file', { name: 'file', region: 'us-east-1' })];
    const { answers } = await collectAnswers(questions, sources, 'default');
    assert.deepEqual(answers, { name: 'flag', region: 'us-east-1', audited: false });
  });

  it('asks for what is missing, in order, with what is answered already, also further down', async () => {
    const asked: unknown[] = [];
    const { answers } = await collectAnswers(questions, [source('flags', { region: 'eu-west-1' })], async ({ id }, soFar) => {
      asked.push([id, { ...soFar }]);
      return id === 'audited' ? true : ` ${id} `;
    });
    assert.deepEqual(answers, { name: 'name', region: 'eu-west-1', audited: true, auditor: 'auditor' });
    assert.deepEqual(asked, [
      ['name', { region: 'eu-west-1' }],
      ['audited', { name: 'name', region: 'eu-west-1' }],
      ['auditor', { name: 'name', region: 'eu-west-1', audited: true }],
    ]);
  });

  it('neither asks nor answers a question whose condition does not hold', async () => {
    const fill: Fill = ({ id }) => (id === 'auditor' ? Promise.reject(new Error('asked')) : Promise.resolve('no'));
    const { answers } = await collectAnswers(questions, [], fill);
    assert.equal(Object.hasOwn(answers, 'auditor'), false);
  });

  it('gives what a prompt let through the same validation', async () => {
    await assert.rejects(
      collectAnswers(questions, [], async () => ''),
      { code: 'NAME_INVALID' },
    );
  });

  it('gives every fault of every source at once, each with its place', async () => {
    const sources = [source('flags', { audited: 'maybe' }), source('file', { regoin: 'x', audited: 'perhaps' })];
    assert.deepEqual(await faultsOf(sources, 'default'), [
      'AUDITED_INVALID flags, audited: "maybe" is neither yes nor no.',
      'ANSWER_UNKNOWN file, regoin: there is no question "regoin". Did you mean region?',
      'AUDITED_INVALID file, audited: "perhaps" is neither yes nor no.',
    ]);
  });

  it('refuses before anybody is asked', async () => {
    const fill: Fill = () => Promise.reject(new Error('asked'));
    assert.equal((await faultsOf([source('flags', { audited: 'maybe' })], fill)).length, 1);
  });

  it('names the flag of every missing answer where nobody can be asked', async () => {
    assert.deepEqual(await faultsOf([], 'fail'), [
      'ANSWER_MISSING Anything: no answer is given.',
      'ANSWER_MISSING Anything: no answer is given and there is no terminal to ask in.',
      'ANSWER_MISSING Anything: no answer is given and there is no terminal to ask in.',
    ]);
    await assert.rejects(collectAnswers(questions, [], 'fail'), { message: /Give --name\.\n.*Give --region, or --yes/s });
  });

  it('has no default for the name', async () => {
    assert.deepEqual(await faultsOf([], 'default'), ['ANSWER_MISSING Anything: no answer is given.']);
  });

  it('says of an answer whose question is not asked that it is not used', async () => {
    const given = source('flags', { name: 'a', auditor: 'Bob' });
    const { answers, warnings } = await collectAnswers(questions, [given], 'default');
    assert.deepEqual(answers, { name: 'a', region: 'eu-west-1', audited: false });
    assert.deepEqual(warnings, ['The answer to "auditor" is not used: it goes with --audited.']);
  });

  it('misses an answer whose question is asked because of another answer', async () => {
    const given = source('file', { name: 'a', audited: true });
    assert.deepEqual(await faultsOf([given], 'default'), ['ANSWER_MISSING Anything: no answer is given.']);
  });

  it('does not take a property of every object for an answer', async () => {
    assert.deepEqual(
      await faultsOf(
        [source('file', JSON.parse('{"__proto__": 1, "constructor": 2}') as object as Record<string, unknown>)],
        'default',
      ),
      [
        'ANSWER_UNKNOWN file, __proto__: there is no question "__proto__".',
        'ANSWER_UNKNOWN file, constructor: there is no question "constructor".',
      ],
    );
  });

  it('passes on what is worth saying about an accepted answer', async () => {
    const { warnings } = await collectAnswers(questions, [source('flags', { name: 'a', region: 'moon' })], 'default');
    assert.deepEqual(warnings, ['far away']);
  });

  it('gives the same answers from flags, from YAML and from its own result', async () => {
    const texts = { name: 'demo', stages: 'dev,prod', with: 'github', node: '22' };
    const values = { name: 'demo', stages: ['dev', 'prod'], with: ['github'], node: 22 };
    const fromFlags = await collectAnswers(builtInQuestions, [source('flags', texts)], 'default');
    const fromYaml = await collectAnswers(builtInQuestions, [source('file', values)], 'default');
    const stored = await collectAnswers(builtInQuestions, [source('manifest', fromFlags.answers)], 'fail');
    assert.deepEqual(fromYaml, fromFlags);
    assert.deepEqual(stored, fromFlags);
  });
});
