import type { Answers } from '../answers/answers.ts';
import { flagName, type Answer, type Question } from '../answers/question.ts';

/** The command that gives the same project again: every answer that is not its question's default, quoted for a POSIX shell. */
export function formatReplayCommand(answers: Answers, questions: readonly Question[], overlays: readonly string[]): string {
  const flags = questions
    .filter(({ id, default: fallback }) => id !== 'name' && String(answers[id]) !== String(fallback))
    .map(({ id }) => formatFlag(id, answers[id]!));
  const sources = overlays.map((source) => `--overlay ${quote(source)}`);
  return ['tsflask new', quote(String(answers['name'])), ...sources, ...flags, '--yes'].join(' ');
}

function formatFlag(id: string, answer: Answer): string {
  const flag = flagName(id);
  if (typeof answer === 'boolean') return answer ? `--${flag}` : `--no-${flag}`;
  const value = quote(Array.isArray(answer) ? answer.join(',') : String(answer));
  // A value that begins with a dash would be read as the next flag.
  return value.startsWith('-') || value.startsWith("'-") || value === "''" ? `--${flag}=${value}` : `--${flag} ${value}`;
}

function quote(text: string): string {
  return /^[A-Za-z0-9_./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
