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
  ],
  fix: 'Use any of github,container,domain.',
});
