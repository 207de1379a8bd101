import { promptOf } from '../answers/prompt.ts';
import type { BuiltInQuestion } from '../answers/question.ts';
import { Interrupted } from '../error.ts';
import type { Prompts } from './command.ts';

/** A question as inquirer, which draws Yeoman's prompts, takes it. */
export interface Inquiry {
  readonly name: string;
  readonly type: 'confirm' | 'select' | 'list' | 'checkbox' | 'input' | 'search';
  readonly message: string;
  readonly [key: string]: unknown;
}

/**
 * The same questions in the same words as in the terminal, asked through a generator's `prompt`.
 * @param drawn - the types that can be drawn
 */
export function yeomanPrompts(
  prompt: (inquiry: Inquiry) => Promise<Readonly<Record<string, unknown>>>,
  drawn: ReadonlySet<string>,
): Prompts {
  // inquirer draws a type that it does not know as a text: `list` is the older word, and a text is what a search is without its list.
  const select = drawn.has('select') ? 'select' : 'list';
  const answer = async (inquiry: Inquiry): Promise<unknown> => {
    process.on('SIGCONT', resumeInput);
    try {
      return (await Promise.race([prompt(inquiry), endOfInput()]))[inquiry.name];
    } catch (error) {
      // inquirer's own word for Ctrl-C
      throw error instanceof Error && error.name === 'ExitPromptError' ? new Interrupted(undefined, { cause: error }) : error;
    } finally {
      process.off('SIGCONT', resumeInput);
    }
  };
  return {
    question: (question) => answer(inquiryOf(question, { select, search: drawn.has('search') ? 'search' : 'input' })),
    choice: async (message, choices) => {
      const options = choices.map(({ value, label }) => ({ value, name: label }));
      const chosen = await answer({ name: 'choice', type: select, message, choices: options, default: choices[0]?.value });
      return chosen as (typeof choices)[number]['value'];
    },
  };
}

/** node's readline leaves the input paused when it comes back from Ctrl-Z; inquirer never takes it up again. */
function resumeInput(): void {
  setImmediate(() => process.stdin.resume());
}

/** Fails when nothing is left to wait for although a question is open: the input has ended, as it does on Ctrl-D. */
function endOfInput(): Promise<never> {
  return new Promise((_, fail) => process.once('beforeExit', () => fail(new Interrupted())));
}

/** The types of prompts that an adapter draws; those that we use, where it does not say. */
export function drawnBy(adapter: object): ReadonlySet<string> {
  const { promptModule } = actualAdapterOf(adapter) as { promptModule?: { prompts?: object } };
  return new Set(promptModule?.prompts ? Object.keys(promptModule.prompts) : ['select', 'search']);
}

/** Whether questions are answered: by somebody at a terminal, or by an adapter that is no terminal, as in tests. */
export function isAnswering(adapter: object): boolean {
  const { stdin, stdout } = actualAdapterOf(adapter) as { stdin?: { isTTY?: boolean }; stdout?: { isTTY?: boolean } };
  return stdin === undefined || (stdin.isTTY === true && stdout?.isTTY === true);
}

/** Yeoman hands over an adapter that waits for its turn, and keeps the one that draws within. */
function actualAdapterOf(adapter: object): object {
  return (adapter as { actualAdapter?: object }).actualAdapter ?? adapter;
}

function inquiryOf(question: BuiltInQuestion, types: Readonly<Record<'select' | 'search', Inquiry['type']>>): Inquiry {
  const { message, initial, validate, search } = promptOf(question);
  const base = { name: question.id, message };
  const choices = (question.choices ?? []).map(({ value, label }) => ({ value, name: label, short: value }));
  switch (question.type) {
    case 'yes-no':
      return { ...base, type: 'confirm', default: question.default === true };
    case 'choice':
      return { ...base, type: types.select, choices, default: initial };
    case 'choices':
      return { ...base, type: 'checkbox', choices, default: initial === '' ? [] : initial.split(',') };
    case 'list':
    case 'text': {
      const check = { default: initial, validate: (value: unknown) => validate(value) ?? true };
      if (choices.length === 0 || types.search === 'input') return { ...base, ...check, type: 'input' };
      const source = (typed = ''): object[] => search(typed).map(({ value, label }) => ({ value, name: label, short: value }));
      return { ...base, ...check, type: 'search', source, pageSize: 8 };
    }
  }
}
