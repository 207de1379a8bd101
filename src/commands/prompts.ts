import type { Answers } from '../answers/answers.ts';
import { parseAnswer } from '../answers/parse-answer.ts';
import type { BuiltInQuestion } from '../answers/question.ts';
import { Interrupted } from '../error.ts';
import type { Prompts } from './command.ts';

/** Questions in the terminal. The prompt library is loaded when the first one is asked. */
export const terminalPrompts: Prompts = {
  async question(question: BuiltInQuestion, _soFar: Answers): Promise<unknown> {
    const clack = await import('@clack/prompts');
    const validate = (value: unknown): string | undefined => {
      const parsed = parseAnswer(question, value ?? '');
      return 'fault' in parsed ? `${parsed.fault.problem} ${parsed.fault.fix}` : undefined;
    };
    return answered(await ask(clack, question, validate));
  },
  async choice(text, choices) {
    const { select } = await import('@clack/prompts');
    return answered(await select({ message: text, options: [...choices] as Option[] })) as (typeof choices)[number]['value'];
  },
};

type Option = { value: string; label: string };
type Clack = typeof import('@clack/prompts');
type Validate = (value: unknown) => string | undefined;

function ask(
  clack: Clack,
  { text, type, choices = [], default: fallback }: BuiltInQuestion,
  validate: Validate,
): Promise<unknown> {
  const options = choices.map(({ value, label }) => ({ value, label }));
  const initial = typeof fallback === 'string' ? fallback : '';
  switch (type) {
    case 'yes-no':
      return clack.confirm({ message: text, initialValue: fallback === true });
    case 'choice':
      return clack.select({ message: text, options, initialValue: initial });
    case 'choices':
      return clack.multiselect({ message: text, options, required: false, initialValues: [...((fallback as string[]) ?? [])] });
    case 'list': {
      const joined = Array.isArray(fallback) ? fallback.join(',') : '';
      return clack.text({
        message: `${text} (commas between)`,
        defaultValue: joined,
        placeholder: joined,
        validate: (value) => validate(value || joined),
      });
    }
    case 'text':
      if (options.length > 0) return clack.autocomplete({ message: text, options, initialValue: initial, maxItems: 8 });
      return clack.text({
        message: text,
        ...(initial === '' ? {} : { defaultValue: initial, placeholder: initial }),
        validate: (value) => validate(value || initial),
      });
  }
}

/** clack answers Ctrl-C with a symbol. */
function answered(value: unknown): unknown {
  if (typeof value === 'symbol') throw new Interrupted();
  return value;
}
