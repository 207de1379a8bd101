import type { Answers } from '../answers/answers.ts';
import { flagName, type Answer, type Question } from '../answers/question.ts';
import type { Style } from './style.ts';
import { wrapWords } from './wrap.ts';

export interface Replay {
  readonly answers: Answers;
  readonly questions: readonly Question[];
  /** As they were given. */
  readonly overlays: readonly string[];
  /** Where the project goes, as it was typed; without it, into a folder of its name. */
  readonly path?: string;
  /** Whether the answers are all there are, so that `--yes` gives the rest. */
  readonly isComplete: boolean;
}

/** The command that gives the same project again: every answer that is not its question's default, quoted for a POSIX shell. */
export function formatReplayCommand({ answers, questions, overlays, path, isComplete }: Replay): string {
  const hasName = Object.hasOwn(answers, 'name') && (path === undefined || !isNamedBy(path, String(answers['name'])));
  const flags = questions
    .filter(({ id, default: fallback }) => {
      if (id === 'name') return path !== undefined && hasName;
      // Where questions are still open, an answer that is the default spares the question, too.
      return Object.hasOwn(answers, id) && (!isComplete || String(answers[id]) !== String(fallback));
    })
    .map(({ id }) => formatAnswer(flagName(id), answers[id]!));
  const sources = overlays.map((source) => formatFlag('overlay', source));
  const target = path ?? (hasName ? String(answers['name']) : undefined);
  const words = ['tsflask new', ...(target === undefined ? [] : [quote(target)]), ...sources, ...flags];
  return [...words, ...(isComplete ? ['--yes'] : [])].join(' ');
}

/** The command with what it is for, in as many lines as it takes, each but the last ending as a shell wants it. */
export function formatReplay(title: string, command: string, { width, style }: { width: number; style: Style }): string {
  const line = `${title}: ${style('dim', command)}`;
  if (title.length + 2 + command.length <= width) return line;
  return `${title}:\n  ${style('dim', wrapWords(shellWords(command, width - 8), { width: width - 2, indent: '    ', carry: ' \\' }))}`;
}

/** A command's words, those in quotes whole, and a flag with its value where both fit. */
function shellWords(command: string, width: number): string[] {
  const words = command.match(/(?:--[\w-]+ (?!-))?(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  return words.flatMap((word) => (word.length > width ? word.split(/(?<=^--[\w-]+) /) : [word]));
}

/** Whether the last part of a path is the name, so that it need not be said. */
function isNamedBy(path: string, name: string): boolean {
  return (
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) === name
  );
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
