import { defineQuestion } from './question.ts';

export const framework = defineQuestion({
  id: 'framework',
  text: 'Web framework',
  type: 'choice',
  default: 'koa',
  choices: [
    { value: 'koa', label: 'Koa 3' },
    { value: 'express', label: 'Express 5' },
  ],
  fix: 'Use koa or express.',
});
