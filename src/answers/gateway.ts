import { defineQuestion } from './question.ts';

export const gateway = defineQuestion({
  id: 'gateway',
  text: 'What stands in front of the function',
  type: 'choice',
  default: 'http',
  choices: [
    { value: 'http', label: 'API Gateway HTTP API: cheapest gateway, 30 s limit' },
    { value: 'rest', label: 'API Gateway REST API: usage plans, WAF, private endpoints' },
    { value: 'url', label: 'Lambda function URL behind CloudFront' },
    { value: 'alb', label: 'Application load balancer that exists already: a rule on its listener' },
  ],
  fix: 'Use one of http, rest, url, alb.',
});
