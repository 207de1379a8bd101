import assert from 'node:assert/strict';
import { builtInQuestions } from '../../src/answers/questions.ts';
import type { Question } from '../../src/answers/question.ts';
import { createView } from '../../src/plan/view.ts';

const answers = { name: 'demo', gateway: 'rest', with: ['domain'], iac: 'opentofu', costCentre: 'x', parts: [], plan: 'big-one' };

function ask(id: string, type: Question['type'], ...values: string[]): Question {
  return { id, type, text: id, fix: '', choices: values.map((value) => ({ value, label: value })) };
}

describe('createView', () => {
  const view = createView(answers, [
    ...builtInQuestions,
    ask('plan', 'choice', 'big-one', 'v2.1'),
    ask('parts', 'choices', 'message queue'),
  ]);

  const cases: [title: string, names: Readonly<Record<string, unknown>>][] = [
    ['has each answer under its id', { name: 'demo', costCentre: 'x', with: ['domain'] }],
    ['knows the tool that the answer stands for', { terraformBin: 'tofu' }],
    ['knows the oldest Node.js that the answer allows', { minimumNode: '24.11.0' }],
    ['tells which choice was taken', { isGatewayHttp: false, isGatewayRest: true, isGatewayUrl: false, isIacOpentofu: true }],
    ['tells which choices were taken', { hasDomain: true, hasGithub: false, hasMessageQueue: false }],
    ['spells a choice as one word', { isPlanBigOne: true, isPlanV21: false }],
    ['makes no boolean of suggestions', { isRegionEuWest1: undefined }],
    ['has nothing that every object has', { constructor: undefined, toString: undefined, ['__proto__']: undefined }],
  ];
  for (const [title, names] of cases) {
    it(title, () =>
      assert.deepEqual(
        Object.keys(names).map((name) => view[name]),
        Object.values(names),
      ),
    );
  }
});
