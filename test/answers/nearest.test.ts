import assert from 'node:assert/strict';
import { didYouMean } from '../../src/answers/nearest.ts';

describe('didYouMean', () => {
  const known = ['region', 'description', 'with'];
  const cases: [title: string, typed: string, hint: string][] = [
    ['names what two letters part from it', 'regoin', ' Did you mean --region?'],
    ['names what a third of the letters part from it', 'descripsjonn', ' Did you mean --description?'],
    ['keeps quiet where nothing is near', 'colour', ''],
    ['allows two letters in a short word', 'wi', ' Did you mean --with?'],
  ];
  for (const [title, typed, hint] of cases) it(title, () => assert.equal(didYouMean(typed, known, '--'), hint));
});
