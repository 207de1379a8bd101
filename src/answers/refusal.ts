import type { Fault } from '../error.ts';
import { formatCondition, isMet } from './condition.ts';
import { flagName, type Answer, type BuiltInQuestion, type Choice, type Question } from './question.ts';

type Given = Readonly<Record<string, Answer>>;

/** `CHOICE_REFUSED` for each choice that does not go with another answer; of questions without an answer nothing is said. */
export function refusalFaults(questions: readonly Question[], answers: Given): Fault[] {
  return questions.flatMap(({ id, choices = [] }) =>
    choices.flatMap((choice) => (isMet({ [id]: choice.value }, answers) ? faultsOf(id, choice, answers) : [])),
  );
}

function faultsOf(id: string, { value, refused = [] }: Choice, answers: Given): Fault[] {
  return refused
    .filter(({ when }) => isMet(when, answers))
    .map(({ when, reason, fix }) => ({
      code: 'CHOICE_REFUSED',
      problem: `--${flagName(id)} ${value} does not go with ${formatCondition(when)}: ${reason}`,
      fix,
    }));
}

/** The question with the choices that are left, given what is answered already. */
export function withoutRefused<Q extends BuiltInQuestion>(question: Q, questions: readonly Question[], answers: Given): Q {
  const { id, type, choices } = question;
  if (choices === undefined) return question;
  const before = refusalFaults(questions, answers).length;
  const isLeft = ({ value }: Choice): boolean => {
    const answer = type === 'choices' ? [value] : value;
    return refusalFaults(questions, { ...answers, [id]: answer }).length <= before;
  };
  return { ...question, choices: choices.filter(isLeft) };
}
