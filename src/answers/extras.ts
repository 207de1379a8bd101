import { defineQuestion } from './question.ts';

export const extras = defineQuestion({
  id: 'with',
  text: 'Extras',
  type: 'choices',
  default: [],
  choices: [
    { value: 'github', label: 'GitHub workflows: check, plan, deploy without stored keys' },
    { value: 'container', label: 'Dockerfile and compose file for the local entry point' },
    { value: 'domain', label: 'Own domain name with a certificate' },
    {
      value: 'streaming',
      label: 'Answers that leave the function as they are written',
      refused: [
        {
          when: { gateway: 'http' },
          reason: 'an HTTP API sends an answer only once it has all of it.',
          fix: 'Use --gateway rest or --gateway url, or leave streaming out.',
        },
        {
          when: { gateway: 'alb' },
          reason: 'a load balancer sends an answer of a function only once it has all of it.',
          fix: 'Use --gateway rest or --gateway url, or leave streaming out.',
        },
      ],
    },
    { value: 'jobs', label: 'Work that no caller waits for: a queue, schedules, a function of its own' },
    { value: 'provisioned', label: 'Instances kept started, always or by schedule' },
  ],
  fix: 'Use any of github,container,domain,streaming,jobs,provisioned.',
});
