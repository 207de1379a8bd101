import { defineQuestion } from './question.ts';

export const iac = defineQuestion({
  id: 'iac',
  text: 'Infrastructure tool',
  type: 'choice',
  default: 'terraform',
  choices: [
    { value: 'terraform', label: 'Terraform >= 1.11' },
    { value: 'opentofu', label: 'OpenTofu >= 1.12' },
  ],
  fix: 'Use terraform or opentofu.',
});
