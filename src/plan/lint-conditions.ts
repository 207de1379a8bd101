import type { Condition } from '../answers/condition.ts';
import { didYouMean } from '../answers/nearest.ts';
import { parseAnswer } from '../answers/parse-answer.ts';
import type { Question } from '../answers/question.ts';
import type { Fault } from '../error.ts';
import type { OverlayManifest } from './overlay.ts';

/** `CONDITION_UNKNOWN` for every `when` of an overlay that no answers can ever meet. */
export function conditionFaults({ name, when, questions }: OverlayManifest, known: readonly Question[]): Fault[] {
  return [
    ...faultsOf(when, `${name}: when`, known),
    ...questions.flatMap((question, index) => {
      const where = `${name}: questions.${index}.when`;
      return [
        ...faultsOf(question.when, where, known),
        ...selfFault(question, where),
        ...refusalsOf(question, `${name}: questions.${index}`, known),
      ];
    }),
  ];
}

function refusalsOf({ choices = [] }: Question, where: string, known: readonly Question[]): Fault[] {
  return choices.flatMap(({ refused = [] }, choice) =>
    refused.flatMap(({ when }, at) => faultsOf(when, `${where}.choices.${choice}.refused.${at}.when`, known)),
  );
}

function selfFault({ id, when = {} }: Question, where: string): Fault[] {
  return Object.hasOwn(when, id) ? [conditionFault(where, `"${id}" waits for its own answer.`)] : [];
}

function conditionFault(where: string, problem: string): Fault {
  return { code: 'CONDITION_UNKNOWN', problem: `${where}: ${problem}`, fix: 'Correct the condition.' };
}

function faultsOf(condition: Condition | undefined, where: string, known: readonly Question[]): Fault[] {
  const faults = Object.entries(condition ?? {}).flatMap(([id, wanted]) => {
    const question = known.find((asked) => asked.id === id);
    const problem = question ? valueProblem(question, wanted) : idProblem(id, known);
    return problem === undefined ? [] : [conditionFault(where, problem)];
  });
  const clash = faults.length === 0 ? clashOf(condition ?? {}, known) : undefined;
  return clash === undefined ? faults : [...faults, conditionFault(where, clash)];
}

/** Two answers to one question that a condition needs: its own, and those of the questions that it asks about. */
function clashOf(condition: Condition, known: readonly Question[]): string | undefined {
  const needed = new Map<string, string | boolean>();
  const open = Object.entries(condition);
  for (const [id, wanted] of open) {
    const question = known.find((asked) => asked.id === id);
    const other = needed.get(id);
    const isSingle = question !== undefined && question.type !== 'choices' && question.type !== 'list';
    if (isSingle && other !== undefined && other !== wanted) return `it needs "${id}" to be "${other}" and "${wanted}" at once.`;
    if (other === wanted) continue;
    needed.set(id, wanted);
    open.push(...Object.entries(question?.when ?? {}));
  }
  return undefined;
}

function idProblem(id: string, known: readonly Question[]): string {
  const ids = known.map((question) => question.id);
  return `there is no question "${id}".${didYouMean(id, ids)}`;
}

function valueProblem(question: Question, wanted: string | boolean): string | undefined {
  const { id, type, choices = [] } = question;
  const isKind = (type === 'yes-no') === (typeof wanted === 'boolean');
  if (isKind && 'answer' in parseAnswer(question, wanted)) return undefined;
  return `"${wanted}" is no answer to "${id}".${didYouMean(
    String(wanted),
    choices.map(({ value }) => value),
  )}`;
}
