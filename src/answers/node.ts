import { defineQuestion } from './question.ts';

export const node = defineQuestion({
  id: 'node',
  text: 'Node.js release line, on the laptop and on Lambda',
  type: 'choice',
  default: '24',
  // nodejs20.x can no longer be created: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
  choices: [
    { value: '24', label: '24 (Lambda supports it until April 2028)' },
    { value: '22', label: '22 (Lambda supports it until April 2027)' },
  ],
  fix: 'Use 24 or 22.',
});
