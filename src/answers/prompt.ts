import { parseAnswer } from './parse-answer.ts';
import type { BuiltInQuestion, Choice } from './question.ts';

/** What a person sees of a question and may answer, whichever library draws it. */
export interface Prompt {
  readonly message: string;
  /** The answer of a bare Enter, as it would be typed; empty where there is none. */
  readonly initial: string;
  /** What is wrong with an answer and what to type instead; `undefined` when it is accepted. */
  readonly validate: (value: unknown) => string | undefined;
  /**
   * The suggestions that what was typed finds; the last one is what was typed, where that is an answer too. Where nothing is typed
   * the answer of a bare Enter stands first, since that is the one which is taken.
   */
  readonly search: (typed: string) => readonly Choice[];
}

/** The prompt of a question. */
export function promptOf(question: BuiltInQuestion): Prompt {
  const { text, type, default: fallback = '', choices = [] } = question;
  const validate = (value: unknown): string | undefined => {
    const parsed = parseAnswer(question, value);
    return 'fault' in parsed ? `${parsed.fault.problem} ${parsed.fault.fix}` : undefined;
  };
  const initial = Array.isArray(fallback) ? fallback.join(',') : String(fallback);
  return {
    message: type === 'list' ? `${text} (commas between)` : text,
    initial,
    validate,
    search: (typed) => {
      if (typed === '') return choices.toSorted((a, b) => Number(b.value === initial) - Number(a.value === initial));
      const words = typed.toLowerCase().split(/\s+/);
      const found = choices.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
      const isNew = choices.every(({ value }) => value !== typed) && validate(typed) === undefined;
      return isNew ? [...found, { value: typed, label: `${typed}  as typed` }] : found;
    },
  };
}
