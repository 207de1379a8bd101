import { promptOf } from '../answers/prompt.ts';
import type { BuiltInQuestion } from '../answers/question.ts';
import { Interrupted } from '../error.ts';
import type { Prompts } from './command.ts';

/** Questions in the terminal. The prompt library is loaded when the first one is asked. */
export const terminalPrompts: Prompts = {
  async question(question): Promise<unknown> {
    return answered(await ask(await import('@clack/prompts'), question));
  },
  async choice(text, choices) {
    const { select } = await import('@clack/prompts');
    return answered(await select({ message: text, options: [...choices] as Option[] })) as (typeof choices)[number]['value'];
  },
};

type Option = { value: string; label: string };

function ask(clack: typeof import('@clack/prompts'), question: BuiltInQuestion): Promise<unknown> {
  const { message, initial, validate, search } = promptOf(question);
  const options = (question.choices ?? []).map(({ value, label }) => ({ value, label }));
  switch (question.type) {
    case 'yes-no':
      return clack.confirm({ message, initialValue: question.default === true });
    case 'choice':
      return clack.select({ message, options, initialValue: initial });
    case 'choices':
      return clack.multiselect({ message, options, required: false, initialValues: initial === '' ? [] : initial.split(',') });
    case 'list':
    case 'text':
      if (options.length === 0) {
        return clack.text({
          message,
          defaultValue: initial,
          placeholder: initial,
          validate: (value) => validate(value || initial),
        });
      }
      return clack.autocomplete({
        message,
        initialValue: initial,
        maxItems: 8,
        options() {
          return search(this.userInput).map(({ value, label }) => ({ value, label }));
        },
        filter: () => true,
      });
  }
}

/** clack answers Ctrl-C with a symbol. */
function answered(value: unknown): unknown {
  if (typeof value === 'symbol') throw new Interrupted();
  return value;
}
