import { promptOf } from '../answers/prompt.ts';
import type { BuiltInQuestion } from '../answers/question.ts';
import { Interrupted } from '../error.ts';
import type { Prompts } from './command.ts';

/** A question as inquirer, which draws Yeoman's prompts, takes it. */
export interface Inquiry {
  readonly name: string;
  readonly type: 'confirm' | 'select' | 'checkbox' | 'input' | 'search';
  readonly message: string;
  readonly [key: string]: unknown;
}

/** The same questions in the same words as in the terminal, asked through a generator's `prompt`. */
export function yeomanPrompts(prompt: (inquiry: Inquiry) => Promise<Readonly<Record<string, unknown>>>): Prompts {
  const answer = async (inquiry: Inquiry): Promise<unknown> => {
    try {
      return (await prompt(inquiry))[inquiry.name];
    } catch (error) {
      // inquirer's own word for Ctrl-C
      throw error instanceof Error && error.name === 'ExitPromptError' ? new Interrupted(undefined, { cause: error }) : error;
    }
  };
  return {
    question: (question) => answer(inquiryOf(question)),
    choice: async (message, choices) => {
      const options = choices.map(({ value, label }) => ({ value, name: label }));
      const chosen = await answer({ name: 'choice', type: 'select', message, choices: options, default: choices[0]?.value });
      return chosen as (typeof choices)[number]['value'];
    },
  };
}

/** Whether questions are answered: by somebody at a terminal, or by an adapter that is no terminal, as in tests. */
export function isAnswering(adapter: object): boolean {
  const { actualAdapter = adapter } = adapter as { actualAdapter?: object };
  const { stdin, stdout } = actualAdapter as { stdin?: { isTTY?: boolean }; stdout?: { isTTY?: boolean } };
  return stdin === undefined || (stdin.isTTY === true && stdout?.isTTY === true);
}

function inquiryOf(question: BuiltInQuestion): Inquiry {
  const { message, initial, validate, search } = promptOf(question);
  const base = { name: question.id, message };
  const choices = (question.choices ?? []).map(({ value, label }) => ({ value, name: label, short: value }));
  switch (question.type) {
    case 'yes-no':
      return { ...base, type: 'confirm', default: question.default === true };
    case 'choice':
      return { ...base, type: 'select', choices, default: initial };
    case 'choices':
      return { ...base, type: 'checkbox', choices, default: initial === '' ? [] : initial.split(',') };
    case 'list':
    case 'text': {
      if (choices.length === 0) {
        return { ...base, type: 'input', default: initial, validate: (value: unknown) => validate(value) ?? true };
      }
      const source = (typed = ''): object[] => search(typed).map(({ value, label }) => ({ value, name: label, short: value }));
      return { ...base, type: 'search', source, default: initial, pageSize: 8 };
    }
  }
}
