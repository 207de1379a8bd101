import type { Condition } from '../answers/condition.ts';
import { didYouMean } from '../answers/nearest.ts';
import type { Question } from '../answers/question.ts';
import type { Fault } from '../error.ts';
import type { OverlayManifest } from './overlay.ts';

/** `CONDITION_UNKNOWN` for every `when` of an overlay that no answers can ever meet. */
export function conditionFaults({ name, when, questions }: OverlayManifest, known: readonly Question[]): Fault[] {
  return [
    ...faultsOf(when, `${name}: when`, known),
    ...questions.flatMap((question, index) => faultsOf(question.when, `${name}: questions.${index}.when`, known)),
  ];
}

function faultsOf(condition: Condition | undefined, where: string, known: readonly Question[]): Fault[] {
  return Object.entries(condition ?? {}).flatMap(([id, wanted]) => {
    const question = known.find((asked) => asked.id === id);
    const problem = question ? valueProblem(question, wanted) : idProblem(id, known);
    return problem === undefined
      ? []
      : [{ code: 'CONDITION_UNKNOWN', problem: `${where}: ${problem}`, fix: 'Correct the condition.' }];
  });
}

function idProblem(id: string, known: readonly Question[]): string {
  const ids = known.map((question) => question.id);
  return `there is no question "${id}".${didYouMean(id, ids)}`;
}

function valueProblem({ id, type, choices = [] }: Question, wanted: string | boolean): string | undefined {
  const values = choices.map(({ value }) => value);
  const isChoice = type === 'choice' || type === 'choices';
  const isPossible = isChoice ? values.some((value) => value === wanted) : (type === 'yes-no') === (typeof wanted === 'boolean');
  return isPossible ? undefined : `"${wanted}" is no answer to "${id}".${didYouMean(String(wanted), values)}`;
}
