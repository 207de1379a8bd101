import type { Answers } from '../answers/answers.ts';
import { flagName, type Answer, type Question } from '../answers/question.ts';

/** The command that gives the same project again: every answer that is not its question's default, quoted for a POSIX shell. */
export function formatReplayCommand(answers: Answers, questions: readonly Question[], overlays: readonly string[]): string {
  const flags = questions
    .filter(
      ({ id, default: fallback }) => id !== 'name' && Object.hasOwn(answers, id) && String(answers[id]) !== String(fallback),
    )
    .map(({ id }) => formatAnswer(flagName(id), answers[id]!));
  const sources = overlays.map((source) => formatFlag('overlay', source));
  return ['tsflask new', quote(String(answers['name'])), ...sources, ...flags, '--yes'].join(' ');
}

function formatAnswer(flag: string, answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? `--${flag}` : `--no-${flag}`;
  return formatFlag(flag, Array.isArray(answer) ? answer.join(',') : String(answer));
}

/** A value that begins with a dash could be read as the next flag, so it is tied to its own. */
function formatFlag(flag: string, value: string): string {
  return `--${flag}${value.startsWith('-') || value === '' ? '=' : ' '}${quote(value)}`;
}

/** One word of a POSIX shell. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
