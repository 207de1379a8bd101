import covertable from 'covertable';
import { builtInQuestions } from '../../src/answers/questions.ts';
import { refusalFaults } from '../../src/answers/refusal.ts';
import { gatewayAnswers } from '../gateway-answers.ts';

export type AnswerValues = Readonly<Record<string, unknown>>;

/** One, the usual two, and as many as a pipeline ever had. */
const stages = [['dev'], ['dev', 'prod'], ['dev', 'test', 'qa', 'staging', 'prod']];

/** Answers such that any two values of different questions meet in one of them. */
export const answerPairs: readonly AnswerValues[] = covertable
  .make({ ...choiceFactors(), with: subsets(choicesOf('with')), stages }, { preFilter: isAccepted })
  .map((answers) => ({
    name: 'demo',
    ...answers,
    ...gatewayAnswers(String((answers as AnswerValues)['gateway'])),
    ...((answers.with as readonly string[]).includes('domain') ? { domain: 'shop.example' } : {}),
  }));

/** Whether all of them go together; called with some of the answers, too. */
function isAccepted(answers: AnswerValues): boolean {
  return refusalFaults(builtInQuestions, answers as Parameters<typeof refusalFaults>[1]).length === 0;
}

/** Answers in a line, in the order of the questions, for the title of a test. */
export function titleOf(answers: AnswerValues): string {
  const ids = builtInQuestions.map(({ id }) => id).filter((id) => id !== 'name' && id in answers);
  return ids.map((id) => `${id}=${String(answers[id]) || 'none'}`).join(' ');
}

/** The values of every question with one answer of several. */
function choiceFactors(): Record<string, readonly string[]> {
  return Object.fromEntries(builtInQuestions.filter(({ type }) => type === 'choice').map(({ id }) => [id, choicesOf(id)]));
}

/** What a question of ours offers. */
export function choicesOf(id: string): string[] {
  return (builtInQuestions.find((question) => question.id === id)?.choices ?? []).map(({ value }) => value);
}

function subsets([first, ...rest]: readonly string[]): string[][] {
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((set) => [set, [first, ...set]]);
}
