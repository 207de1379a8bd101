import assert from 'node:assert/strict';
import { isMet, type Condition } from '../../src/answers/condition.ts';

describe('isMet', () => {
  const answers = { gateway: 'http', with: ['github'], audited: true };
  const cases: [title: string, condition: Condition | undefined, met: boolean][] = [
    ['holds without a condition', undefined, true],
    ['compares a choice', { gateway: 'http' }, true],
    ['compares a choice that differs', { gateway: 'rest' }, false],
    ['looks into a list', { with: 'github' }, true],
    ['misses in a list', { with: 'domain' }, false],
    ['compares a yes', { audited: true }, true],
    ['does not take the word for the value', { audited: 'true' }, false],
    ['needs every entry', { gateway: 'http', with: 'domain' }, false],
    ['finds no answer in a prototype', { constructor: 'x' }, false],
  ];
  for (const [title, condition, met] of cases) it(title, () => assert.equal(isMet(condition, answers), met));
});
