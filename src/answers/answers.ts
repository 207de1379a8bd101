import { throwFaults, TsflaskError, type Fault } from '../error.ts';
import { formatCondition, isMet } from './condition.ts';
import { didYouMean } from './nearest.ts';
import { parseAnswer } from './parse-answer.ts';
import { flagName, type Answer, type BuiltInQuestion } from './question.ts';
import { refusalFaults, withoutRefused } from './refusal.ts';

/** Validated answers by question id. A question whose condition does not hold has none. */
export type Answers = Readonly<Record<string, Answer>>;

/** Values as they came from one place. */
export interface AnswerSource {
  readonly values: Readonly<Record<string, unknown>>;
  /** Says where a value stands, for messages: `--region`, `answers.yaml: region`. */
  readonly locate: (id: string) => string;
}

/**
 * What becomes of a question that no source answers: its default is taken, it is a fault, or somebody is asked.
 * The function gets what is answered already, also to later questions, and returns a raw value that it has validated.
 */
export type Fill = 'default' | 'fail' | ((question: BuiltInQuestion, soFar: Answers) => Promise<unknown>);

export interface CollectedAnswers {
  readonly answers: Answers;
  readonly warnings: readonly string[];
}

/**
 * Validates everything that was given, then fills what is missing.
 * @param sources - strongest first: flags, answers file, stored answers
 * @throws {@link TsflaskError} with every fault at once, before anybody is asked: `*_INVALID`, `NAME_TOO_LONG`, `ANSWER_UNKNOWN`, `ANSWER_MISSING`,
 * `CHOICE_REFUSED`
 */
export async function collectAnswers(
  questions: readonly BuiltInQuestion[],
  sources: readonly AnswerSource[],
  fill: Fill,
): Promise<CollectedAnswers> {
  const given = parseGiven(questions, sources);
  throwFaults(refusalFaults(questions, Object.fromEntries(given)));
  const answers: Record<string, Answer> = {};
  const missing: Fault[] = [];
  const warnings: string[] = [];
  for (const question of questions) {
    if (!isMet(question.when, answers)) {
      if (given.has(question.id)) warnings.push(unusedWarning(question));
      continue;
    }
    const soFar = { ...Object.fromEntries(given), ...answers };
    const answer = given.get(question.id) ?? (await fillAnswer(withoutRefused(question, questions, soFar), soFar, fill));
    if (answer === undefined) missing.push(missingFault(question));
    else answers[question.id] = answer;
  }
  throwFaults([...missing, ...refusalFaults(questions, answers)]);
  return {
    answers,
    warnings: [...warnings, ...questions.flatMap(({ id, warn }) => (Object.hasOwn(answers, id) && warn?.(answers[id]!)) || [])],
  };
}

/** Every value that some source gives, validated; of two, the stronger source's. */
function parseGiven(questions: readonly BuiltInQuestion[], sources: readonly AnswerSource[]): Map<string, Answer> {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const given = new Map<string, Answer>();
  const faults: Fault[] = [];
  for (const { values, locate } of sources) {
    for (const [id, raw] of Object.entries(values)) {
      const question = byId.get(id);
      if (!question) {
        faults.push(unknownFault(locate(id), id, byId.keys()));
        continue;
      }
      const parsed = parseAnswer(question, raw);
      if ('fault' in parsed) faults.push({ ...parsed.fault, problem: `${locate(id)}: ${parsed.fault.problem}` });
      else if (!given.has(id)) given.set(id, parsed.answer);
    }
  }
  throwFaults(faults);
  return given;
}

async function fillAnswer(question: BuiltInQuestion, soFar: Answers, fill: Fill): Promise<Answer | undefined> {
  if (fill === 'default') return question.default;
  if (fill === 'fail') return undefined;
  const parsed = parseAnswer(question, await fill(question, soFar));
  if ('fault' in parsed) throw new TsflaskError(parsed.fault);
  return parsed.answer;
}

function unusedWarning({ id, when = {} }: BuiltInQuestion): string {
  return `The answer to "${id}" is not used: it goes with ${formatCondition(when)}.`;
}

function unknownFault(where: string, id: string, known: Iterable<string>): Fault {
  return {
    code: 'ANSWER_UNKNOWN',
    problem: `${where}: there is no question "${id}".${didYouMean(id, known)}`,
    fix: '`tsflask questions` lists them all.',
  };
}

function missingFault({ id, text, default: fallback }: BuiltInQuestion): Fault {
  const flag = `--${flagName(id)}`;
  return {
    code: 'ANSWER_MISSING',
    problem: `${text}: no answer is given${fallback === undefined ? '' : ' and there is no terminal to ask in'}.`,
    fix: fallback === undefined ? `Give ${flag}.` : `Give ${flag}, or --yes to take the defaults.`,
  };
}
