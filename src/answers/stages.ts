import { yamlWords } from './name.ts';
import { defineQuestion } from './question.ts';

// `local` is the stage of a laptop and `bootstrap` the key of the state bucket's own state; the rest cannot be
// file names on Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const taken = /^(local|bootstrap|con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

export const stages = defineQuestion({
  id: 'stages',
  text: 'Stages to deploy, each a separate copy',
  type: 'list',
  default: ['dev', 'prod'],
  pattern: '[a-z][a-z0-9]*',
  maxLength: 12,
  fix: 'Use names such as dev,prod: lower-case letters and digits, at most 12, each once.',
  check(value) {
    const list = Array.isArray(value) ? (value as readonly string[]) : [];
    if (list.length === 0) return { code: 'STAGES_INVALID', problem: 'No stage is given.' };
    const reserved = list.find((stage) => taken.test(stage) || yamlWords.includes(stage));
    if (reserved) return { code: 'STAGES_INVALID', problem: `"${reserved}" is a reserved stage name.` };
    return undefined;
  },
});
