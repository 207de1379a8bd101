import type { Answers } from '../answers/answers.ts';
import type { Answer, Question } from '../answers/question.ts';

/** What templates see. It has no prototype, so that `{{constructor}}` is as unknown as any other name. */
export type View = Readonly<Record<string, Answer>>;

/** A value of a list where a template meets it: `{{.}}` is the value, `{{previous}}` the one before it, empty for the first. */
export interface Item {
  readonly previous: string;
  readonly toString: () => string;
}

/** Variables that are no answers. */
export const generatorNames: readonly string[] = ['minimumNode', 'terraformBin', 'previous'];

/** Of each release line, the first version under long-term support that runs TypeScript as it is. */
const minimumNode: Readonly<Record<string, string>> = { '22': '22.18.0', '24': '24.11.0' };

/**
 * Answers by question id, and booleans for sections: for a choice `is` + question + value, for choices `has` + value
 * (`isGatewayHttp`, `hasGithub`).
 */
export function createView(answers: Answers, questions: readonly Question[]): View {
  const view: Record<string, Answer> = Object.assign(Object.create(null), answers);
  view['terraformBin'] = answers['iac'] === 'opentofu' ? 'tofu' : 'terraform';
  for (const question of questions) {
    const answer = (view[question.id] ??= question.default ?? emptyAnswer(question));
    for (const [name, value] of derivedNames(question)) {
      view[name] = Array.isArray(answer) ? answer.includes(value) : answer === value;
    }
  }
  view['minimumNode'] = minimumNode[String(view['node'])] ?? '';
  return view;
}

/** Stands for the answer to a question that was not asked and has no default. */
function emptyAnswer({ type }: Question): Answer {
  if (type === 'yes-no') return false;
  return type === 'list' || type === 'choices' ? [] : '';
}

/** The booleans that a question adds to the view, each with the choice it stands for. */
export function derivedNames({ id, type, choices = [] }: Question): (readonly [name: string, value: string])[] {
  if (type === 'choice') return choices.map(({ value }) => [`is${pascalCase(id)}${pascalCase(value)}`, value]);
  if (type === 'choices') return choices.map(({ value }) => [`has${pascalCase(value)}`, value]);
  return [];
}

function pascalCase(text: string): string {
  return text.replaceAll(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Each value of a list as templates see it; without a prototype, as the view. */
export function toItems(values: readonly string[]): Item[] {
  return values.map((value, index) =>
    Object.assign(Object.create(null) as Item, { previous: values[index - 1] ?? '', toString: () => value }),
  );
}
