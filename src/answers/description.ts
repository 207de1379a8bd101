import { defineQuestion } from './question.ts';

export const description = defineQuestion({
  id: 'description',
  text: 'What it does, in a sentence',
  type: 'text',
  default: 'An HTTP API on AWS Lambda',
  // A Lambda function's description holds 256: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
  maxLength: 250,
  fix: 'Use up to 250 characters of text.',
});
