import { parseAnswer } from '../answers/parse-answer.ts';
import type { Question } from '../answers/question.ts';
import type { Fault } from '../error.ts';
import type { Language } from './language.ts';
import { lineAt, type Token } from './template.ts';

interface Syntax {
  /** What begins and ends a text. */
  readonly quotes: RegExp;
  /** What begins a comment, in which an answer can do nothing. */
  readonly comment: RegExp;
  readonly place: 'between double quotes' | 'between quotes' | 'as a word of its own, without quotes';
  /** Answers that are no text, or more than one, where they stand in the wrong place. */
  readonly probes: readonly string[];
  /** Whether nothing but a number may stand there without quotes. */
  readonly isStrict?: true;
}

const expression = { probes: ['a', 'a b', 'a-b', 'a1', '0815'], isStrict: true } as const;
const numbers = ['7', '10', '128', '1024', '65536', '1.5'];
const word = {
  quotes: /^["']/,
  comment: /^#/,
  place: 'as a word of its own, without quotes',
  probes: ['a b', 'a$b', "it's"],
} as const;
const syntaxes: Partial<Readonly<Record<Language, Syntax>>> = {
  json: { quotes: /^"/, comment: /^\/\//, place: 'between double quotes', ...expression },
  yaml: {
    quotes: /^"/,
    comment: /^#/,
    place: 'between double quotes',
    probes: ['a: b', 'a #b', '[a', '- a', '*a', '0815', '1.10', 'true', 'null'],
  },
  hcl: { quotes: /^"/, comment: /^(#|\/\/)/, place: 'between double quotes', ...expression },
  typescript: { quotes: /^["'`]/, comment: /^(\/\/|\/\*)/, place: 'between quotes', ...expression },
  make: word,
  shell: word,
};

/**
 * `TAG_UNSAFE` for every `{{x}}` that stands where its escaping does not hold, so that some answer breaks the file.
 * @param tokens - of the whole template
 */
export function unsafeTags(text: string, tokens: readonly Token[], { where, language, questions }: TagContext): Fault[] {
  const syntax = syntaxes[language];
  if (syntax === undefined) return [];
  const risky = riskyNames(questions, syntax);
  return tagsIn(tokens, undefined)
    .filter(({ name }) => risky.has(name))
    .filter(({ start }) => !isSafe(text.slice(0, start), syntax))
    .map(({ shown, start }) => ({
      code: 'TAG_UNSAFE',
      problem: `${where}:${lineAt(text, start)}: {{${shown}}} breaks the file for some answers: in ${language} it is escaped to stand ${syntax.place}.`,
      fix: syntax.place.includes('without') ? `Take the quotes away: {{${shown}}}` : `Write "{{${shown}}}".`,
    }));
}

export interface TagContext {
  readonly where: string;
  readonly language: Language;
  readonly questions: readonly Question[];
}

/** Ids of the questions that take such an answer. Where the choices are the author's, so is the risk. */
function riskyNames(
  questions: readonly Question[],
  { probes, isStrict }: Pick<Syntax, 'probes' | 'isStrict'>,
): ReadonlySet<string> {
  const risky = questions.filter((question) => {
    if (question.type !== 'text' && question.type !== 'list') return false;
    const takes = (answer: string): boolean => 'answer' in parseAnswer(question, answer);
    return probes.some(takes) || (isStrict === true && !numbers.some(takes));
  });
  return new Set(risky.map(({ id }) => id));
}

/** Each escaped variable, with the question that it tells of: `{{.}}` is that of the section around it. */
function tagsIn(tokens: readonly Token[], section: string | undefined): { name: string; shown: string; start: number }[] {
  return tokens.flatMap(([type, name, start, , children]) => {
    if (type === 'name') return [{ name: name === '.' ? (section ?? '') : name, shown: name, start }];
    return type === '#' || type === '^' ? tagsIn(children ?? [], type === '#' ? name : section) : [];
  });
}

function isSafe(before: string, syntax: Syntax): boolean {
  const state = stateAfter(before, syntax);
  if (state === 'comment') return true;
  return (state === 'text') === (syntax.place !== 'as a word of its own, without quotes');
}

/** Where one is behind a piece of a file: in code, in a text between quotes, or in a comment. */
function stateAfter(before: string, { quotes, comment }: Syntax): 'code' | 'text' | 'comment' {
  // A text or a comment ends with its line, but for those that say otherwise.
  const multiline = quotes.source.includes('`') ? before : before.slice(before.lastIndexOf('\n') + 1);
  let open = '';
  for (let at = 0; at < multiline.length; at += 1) {
    const rest = multiline.slice(at, at + 2);
    if (open === '') {
      if (comment.test(rest) && isCommentStart(multiline, at, comment)) open = rest === '/*' ? '*/' : '\n';
      else if (quotes.test(rest)) open = rest[0]!;
    } else if (open.length === 1 && open !== '\n' && rest[0] === '\\') at += 1;
    else if (rest.startsWith(open) || (open.length === 1 && open !== '`' && rest[0] === '\n')) open = '';
  }
  if (open === '') return 'code';
  return open === '\n' || open === '*/' ? 'comment' : 'text';
}

/** In YAML, Make and shell a `#` within a word is none. */
function isCommentStart(text: string, at: number, comment: RegExp): boolean {
  return !comment.source.includes('#') || text[at] !== '#' || at === 0 || /\s/.test(text[at - 1]!);
}
