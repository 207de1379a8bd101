import type { Fault } from '../error.ts';
import { didYouMean } from './nearest.ts';
import { flagName, type Answer, type BuiltInQuestion } from './question.ts';

// Other than tab and newline they have no place in a text and no spelling in YAML.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/;

type Problem = Omit<Fault, 'fix'>;
type Parsed = { readonly answer: Answer } | { readonly problem: Problem };

/**
 * Validates one raw value, from whichever source, against its question.
 * @param raw - string, number, boolean or an array of strings and numbers; a string with commas stands for an array
 * @returns the answer in the form that is kept, or the fault
 */
export function parseAnswer(question: BuiltInQuestion, raw: unknown): { readonly answer: Answer } | { readonly fault: Fault } {
  const parsed = parsers[question.type](question, raw);
  if ('problem' in parsed) return { fault: { ...parsed.problem, fix: question.fix } };
  const problem = question.check?.(parsed.answer);
  return problem ? { fault: { ...problem, fix: question.fix } } : parsed;
}

const parsers: Record<BuiltInQuestion['type'], (question: BuiltInQuestion, raw: unknown) => Parsed> = {
  text: parseText,
  choice: parseChoice,
  choices: (question, raw) => parseEach(question, raw, parseChoice),
  list: (question, raw) => parseEach(question, raw, parseText),
  'yes-no': parseYesNo,
};

function parseText(question: BuiltInQuestion, raw: unknown): Parsed {
  if (typeof raw !== 'string' && typeof raw !== 'number') return invalid(question, `${show(raw)} is not a text.`);
  // HCL composes its strings, so a text is kept in the form that every language gives back.
  const text = String(raw).replaceAll(/\r\n?/g, '\n').normalize('NFC').trim();
  if (control.test(text)) return invalid(question, `${show(text)} contains a control character.`);
  if (!text.isWellFormed()) return invalid(question, `${show(text)} contains half a character (a lone surrogate).`);
  if (text === '' && question.default !== '') return invalid(question, 'The text is empty.');
  if (question.maxLength !== undefined && text.length > question.maxLength) {
    return invalid(question, `${show(text)} has ${text.length} characters; at most ${question.maxLength} are allowed.`);
  }
  if (question.pattern !== undefined && text !== '' && !new RegExp(`^(?:${question.pattern})$`, 'u').test(text)) {
    return invalid(question, `${show(text)} does not have the form that is expected.`);
  }
  return { answer: text };
}

function parseChoice(question: BuiltInQuestion, raw: unknown): Parsed {
  const values = (question.choices ?? []).map(({ value }) => value);
  const text = typeof raw === 'number' ? String(raw) : raw;
  if (typeof text === 'string' && values.includes(text)) return { answer: text };
  const hint = typeof text === 'string' ? didYouMean(text, values) : '';
  return invalid(question, `${show(raw)} is not one of ${values.join(', ')}.${hint}`);
}

function parseEach(question: BuiltInQuestion, raw: unknown, parse: typeof parseText): Parsed {
  const items: unknown[] = typeof raw === 'string' ? splitList(raw) : Array.isArray(raw) ? raw : [raw];
  const answers: string[] = [];
  for (const item of items) {
    const parsed = parse(question, item);
    if ('problem' in parsed) return parsed;
    const answer = String(parsed.answer);
    if (answer.includes(',')) return invalid(question, `${show(answer)} contains a comma, which separates the texts of a list.`);
    if (answers.includes(answer)) return invalid(question, `${show(answer)} is given twice.`);
    answers.push(answer);
  }
  return { answer: answers };
}

function parseYesNo(question: BuiltInQuestion, raw: unknown): Parsed {
  if (raw === true || raw === 'true' || raw === 'yes') return { answer: true };
  if (raw === false || raw === 'false' || raw === 'no') return { answer: false };
  return invalid(question, `${show(raw)} is neither yes nor no.`);
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function invalid(question: BuiltInQuestion, problem: string): Parsed {
  return { problem: { code: `${flagName(question.id).replaceAll('-', '_').toUpperCase()}_INVALID`, problem } };
}

function show(raw: unknown): string {
  return JSON.stringify(raw) ?? String(raw);
}
