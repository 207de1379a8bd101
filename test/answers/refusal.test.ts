import assert from 'node:assert/strict';
import { collectAnswers, type AnswerSource, type Fill } from '../../src/answers/answers.ts';
import type { BuiltInQuestion } from '../../src/answers/question.ts';
import { builtInQuestions } from '../../src/answers/questions.ts';
import { refusalFaults, withoutRefused } from '../../src/answers/refusal.ts';
import { TsflaskError } from '../../src/error.ts';

const refused = [{ when: { gateway: 'http' }, reason: 'it waits.', fix: 'Take rest.' }];
const basics = { text: 'Anything', fix: 'Type something else.' };
const gateway: BuiltInQuestion = {
  ...basics,
  id: 'gateway',
  type: 'choice',
  default: 'http',
  choices: ['http', 'rest'].map((value) => ({ value, label: value })),
};
const extras: BuiltInQuestion = {
  ...basics,
  id: 'with',
  type: 'choices',
  default: [],
  choices: [
    { value: 'streaming', label: 'Streams', refused },
    { value: 'domain', label: 'Domain' },
  ],
};
const questions = [gateway, extras];

const source = (values: Readonly<Record<string, unknown>>): AnswerSource => ({ values, locate: (id) => `--${id}` });
const never: Fill = () => Promise.reject(new Error('asked'));

async function faultsOf(values: Readonly<Record<string, unknown>>, fill: Fill): Promise<readonly object[]> {
  const error: unknown = await collectAnswers(questions, [source(values)], fill).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof TsflaskError, String(error));
  return error.faults;
}

const fault = {
  code: 'CHOICE_REFUSED',
  problem: '--with streaming does not go with --gateway http: it waits.',
  fix: 'Take rest.',
};

describe('a choice that does not go with another answer', () => {
  it('is refused with the reason and the way out, before anybody is asked', async () => {
    assert.deepEqual(await faultsOf({ with: 'streaming', gateway: 'http' }, never), [fault]);
  });

  it('is refused where the other answer is a default', async () => {
    assert.deepEqual(await faultsOf({ with: ['domain', 'streaming'] }, 'default'), [fault]);
  });

  it('is taken with any other, and where the other question has no answer', () => {
    assert.deepEqual(refusalFaults(questions, { with: ['streaming'], gateway: 'rest' }), []);
    assert.deepEqual(refusalFaults(questions, { with: ['domain'], gateway: 'http' }), []);
    assert.deepEqual(refusalFaults(questions, { with: ['streaming'] }), []);
  });

  it('is not offered, whichever of the two is asked first', async () => {
    const offered: Record<string, unknown> = {};
    const fill: Fill = async ({ id, choices, default: fallback }) => {
      offered[id] = choices?.map(({ value }) => value);
      return fallback;
    };
    await collectAnswers(questions, [], fill);
    assert.deepEqual(offered, { gateway: ['http', 'rest'], with: ['domain'] });
    const first = withoutRefused(gateway, questions, { with: ['streaming'] });
    assert.deepEqual(first.choices, [{ value: 'rest', label: 'rest' }]);
  });

  for (const [value, words] of [
    ['http', 'an HTTP API'],
    ['alb', 'a load balancer'],
  ] as const)
    it(`is streaming behind ${words}`, () => {
      const [only, ...others] = refusalFaults(builtInQuestions, { with: ['streaming'], gateway: value });
      assert.deepEqual([only?.code, others], ['CHOICE_REFUSED', []]);
      assert.match(
        `${only?.problem} ${only?.fix}`,
        new RegExp(`does not go with --gateway ${value}: ${words} .*--gateway rest or --gateway url`),
      );
    });

  it('is streaming behind no other gateway', () => {
    for (const value of ['rest', 'url'])
      assert.deepEqual(refusalFaults(builtInQuestions, { with: ['streaming'], gateway: value }), []);
  });
});
