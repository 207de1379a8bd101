import type { Answers } from '../answers/answers.ts';
import { isMet, type Condition } from '../answers/condition.ts';
import type { Answer, Question } from '../answers/question.ts';
import { refusalFaults, withoutRefused } from '../answers/refusal.ts';
import { TsflaskError, type Fault } from '../error.ts';
import type { Overlay } from './overlay.ts';
import { plan } from './plan.ts';

// Whatever a file makes of it, it must stay a text there.
const awkward = `a: "b" #c 'd' \`e\` {f} [g] $h \${i} %{j} \\k`;

/**
 * The faults of planning with an overlay, for each answer of a choice in turn: JSON that is none, paths that clash, and whatever
 * else only shows when the overlays lie over each other.
 */
export function trialFaults(overlay: Overlay, builtIn: readonly Overlay[], questions: readonly Question[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const answers of trials(questions, overlay.manifest.when)) {
    if (!isMet(overlay.manifest.when, answers) || refusalFaults(questions, answers).length > 0) continue;
    try {
      plan({ answers, questions, overlays: [...builtIn, overlay] });
    } catch (error) {
      if (!(error instanceof TsflaskError)) throw error;
      for (const fault of error.faults) faults.set(fault.problem, fault);
    }
  }
  return [...faults.values()];
}

/** The defaults, with what the overlay waits for; then each value of each choice. */
function trials(questions: readonly Question[], when: Condition = {}): Answers[] {
  const base = Object.fromEntries(
    questions.map((question) => {
      const wanted = Object.hasOwn(when, question.id) ? when[question.id] : undefined;
      const isMany = question.type === 'list' || question.type === 'choices';
      return [question.id, wanted === undefined ? defaultOf(question) : isMany ? [String(wanted)] : wanted];
    }),
  );
  const variants = questions.flatMap((question) => {
    const { id, type, choices = [] } = withoutRefused(question, questions, base);
    if (type === 'choice') return choices.map(({ value }): Answers => ({ ...base, [id]: value }));
    if (type === 'choices') return [{ ...base, [id]: choices.map(({ value }) => value) }];
    return type === 'yes-no' ? [true, false].map((value): Answers => ({ ...base, [id]: value })) : [];
  });
  return [base, ...variants];
}

function defaultOf({ id, type, default: fallback, choices = [], pattern }: Question): Answer {
  if (id === 'name') return 'demo';
  if (type === 'text' && pattern === undefined && choices.length === 0) return awkward;
  if (fallback !== undefined) return fallback;
  if (type === 'yes-no') return false;
  return type === 'list' || type === 'choices' ? [] : (choices[0]?.value ?? 'x');
}
