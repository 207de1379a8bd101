import type { Answers } from '../answers/answers.ts';
import type { Answer, Question } from '../answers/question.ts';

/** What templates see. It has no prototype, so that `{{constructor}}` is as unknown as any other name. */
export type View = Readonly<Record<string, Answer>>;

/**
 * Answers by question id, and booleans for sections: for a choice `is` + question + value, for choices `has` + value
 * (`isGatewayHttp`, `hasGithub`).
 */
export function createView(answers: Answers, questions: readonly Question[], generatorVersion: string): View {
  const view: Record<string, Answer> = Object.assign(Object.create(null), answers);
  view['generatorVersion'] = generatorVersion;
  view['terraformBin'] = answers['iac'] === 'opentofu' ? 'tofu' : 'terraform';
  for (const { id, type, choices = [] } of questions) {
    const answer = answers[id];
    for (const { value } of choices) {
      if (type === 'choice') view[`is${pascalCase(id)}${pascalCase(value)}`] = answer === value;
      if (type === 'choices') view[`has${pascalCase(value)}`] = Array.isArray(answer) && answer.includes(value);
    }
  }
  return view;
}

function pascalCase(text: string): string {
  return text.replaceAll(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
