import * as v from 'valibot';
import { parseAnswer } from '../answers/parse-answer.ts';
import type { Question } from '../answers/question.ts';
import { throwFaults, type Fault } from '../error.ts';
import { guide } from './guide.ts';
import { lineInJson } from './json-line.ts';
import type { OverlayManifest } from './overlay.ts';
import { suggestKey } from './suggest-key.ts';
import { pathProblem } from './target-path.ts';

const text = v.pipe(v.string(), v.minLength(1, 'is empty'));
const condition = v.record(v.string(), v.union([v.string(), v.boolean()]));
const path = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    const problem = dataset.typed ? pathProblem(dataset.value) : undefined;
    if (problem) addIssue({ message: problem });
  }),
);
const pattern = v.pipe(
  v.string(),
  v.check((source) => {
    try {
      return new RegExp(source, 'u') instanceof RegExp;
    } catch {
      return false;
    }
  }, 'is not a JavaScript regular expression'),
);
const refusal = v.strictObject({
  when: condition,
  reason: v.pipe(text, v.description('A sentence that begins in lower case: "--with this does not go with --with that: …"')),
  fix: v.pipe(text, v.description('What to type instead.')),
});
const choice = v.union([
  v.pipe(
    text,
    v.transform((value) => ({ value, label: value })),
  ),
  v.strictObject({
    value: text,
    label: text,
    refused: v.exactOptional(v.pipe(v.array(refusal), v.description('Other answers that the choice does not go with, and why.'))),
  }),
]);

// The descriptions are what an editor shows for a key.
const question = v.strictObject({
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z][a-zA-Z0-9]*$/, 'is not camelCase'),
    v.description('camelCase: the variable in templates and the key in files. The flag is its kebab case.'),
  ),
  text: v.pipe(text, v.description('The words of the prompt and of the help of the flag.')),
  type: v.picklist(['text', 'choice', 'choices', 'list', 'yes-no']),
  default: v.exactOptional(
    v.pipe(
      v.union([v.string(), v.boolean(), v.array(v.string())]),
      v.description('The answer where none is given; without it the question must be answered.'),
    ),
  ),
  choices: v.exactOptional(
    v.pipe(v.array(choice), v.minLength(1, 'is empty'), v.description('Of choice and choices; of text, suggestions to search.')),
  ),
  pattern: v.exactOptional(v.pipe(pattern, v.description('A regular expression that the whole of each text must match.'))),
  maxLength: v.exactOptional(v.pipe(v.number(), v.integer('is not a whole number'), v.minValue(1, 'is less than 1'))),
  fix: v.exactOptional(v.pipe(text, v.description('What to type instead, shown with every fault.'))),
  when: v.exactOptional(v.pipe(condition, v.description('The question is asked only where this holds.'))),
});
const policy = v.picklist(['managed', 'once', 'merge-json']);

/** What an `overlay.json` may hold. `overlay.schema.json` is made from it, for editors. */
export const overlaySchema = v.strictObject({
  $schema: v.exactOptional(v.string()),
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'is not of a-z, 0-9 and dashes, starting with a letter')),
  description: text,
  requires: v.exactOptional(v.pipe(text, v.description('Semver range of the generator versions it is written for.'))),
  when: v.exactOptional(v.pipe(condition, v.description('The overlay takes part only where these answers are given.'))),
  questions: v.optional(v.pipe(v.array(question), v.description('Asked after those that every project is asked.')), []),
  files: v.optional(v.pipe(v.record(path, v.strictObject({ policy })), v.description('By path in the project.')), {}),
  remove: v.optional(v.pipe(v.array(path), v.description('Files of earlier overlays that are left out.')), []),
  renamed: v.optional(v.pipe(v.record(path, path), v.description('Old path to new path, for updates.')), {}),
});

/**
 * Validates the value of an `overlay.json`.
 * @param where - the file's path, for messages
 * @param source - the file's text, by which faults get their line
 * @throws {@link TsflaskError} `OVERLAY_INVALID` with every fault: unknown keys, wrong types, unsafe paths, defaults that break their own rules
 */
export function parseOverlayManifest(value: unknown, where: string, source = ''): OverlayManifest {
  const report = (at: Path, problem: string, fix: string): Fault => {
    // What is missing has no line, but what it is missing from has.
    const line = lineInJson(source, at) ?? lineInJson(source, at.slice(0, -1));
    const place = line === undefined || source === '' ? where : `${where}:${line}`;
    return {
      code: 'OVERLAY_INVALID',
      problem: `${place}: ${at.join('.') || 'the file'} ${problem}`.replace(/[^?]$/, '$&.'),
      fix,
    };
  };
  const result = v.safeParse(overlaySchema, value);
  if (!result.success) {
    throwFaults(
      result.issues
        .flatMap(innermost)
        .flatMap((issue) =>
          pathsOf(issue).map((at) => report(at, describe(issue, at), `${guide}#overlayjson says what overlay.json may hold.`)),
        ),
    );
  }
  const { $schema: _, ...manifest } = result.output as v.InferOutput<typeof overlaySchema>;
  const questions = manifest.questions.map((entry, index) =>
    parseQuestion({ ...entry, fix: entry.fix ?? fixOf(entry) }, (at, problem, fix) =>
      report(['questions', index, ...at], problem, fix),
    ),
  );
  throwFaults(questions.flatMap((parsed) => ('fault' in parsed ? [parsed.fault] : [])));
  return { ...manifest, questions: questions.flatMap((parsed) => ('fault' in parsed ? [] : [parsed.question])) };
}

/** Of what may have one form or another, what is wrong with the form that it has. */
function innermost(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown>[] {
  const { issues = [], path: outer = [] } = issue.type === 'union' ? issue : {};
  const inner = issues.filter(({ path: at }) => at !== undefined);
  return inner.length === 0
    ? [issue]
    : inner.flatMap((one) => innermost({ ...one, path: [...outer, ...(one.path ?? [])] as NonNullable<typeof one.path> }));
}

type Path = readonly (string | number)[];

/** Where an issue is. Of several keys that are not known valibot names the first; each is worth a line. */
function pathsOf(issue: v.BaseIssue<unknown>): Path[] {
  const items = issue.path ?? [];
  const at = items.map(({ key }) => key as string | number);
  if (!isUnknownKey(issue)) return [at];
  const known = keysAt(at);
  const keys = Object.keys(items.at(-1)?.input as object).filter((key) => !known.includes(key));
  return keys.map((key) => [...at.slice(0, -1), key]);
}

function isUnknownKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

function describe(issue: v.BaseIssue<unknown>, at: Path): string {
  if (issue.kind !== 'schema') return `${issue.message} (${JSON.stringify(issue.input)})`;
  if (isUnknownKey(issue)) return `is not a key that is known${suggestKey(at, keysAt(at))}`;
  return issue.received === 'undefined' ? 'is missing' : `is ${issue.received} where ${issue.expected} is expected`;
}

/** The keys that there may be beside one. */
function keysAt(at: Path): readonly string[] {
  if (at.length === 1) return Object.keys(overlaySchema.entries);
  if (at[0] === 'files') return ['policy'];
  if (at.length === 3) return Object.keys(question.entries);
  return at.length === 5 ? ['value', 'label', 'refused'] : Object.keys(refusal.entries);
}

type Report = (at: Path, problem: string, fix: string) => Fault;

/** A question whose default is kept as any other answer is: `"yes"` as true, `"a,b"` as a list. */
function parseQuestion(entry: Question, report: Report): { readonly question: Question } | { readonly fault: Fault } {
  if (entry.type.startsWith('choice') && !entry.choices) {
    return { fault: report([], `is a ${entry.type} question without choices`, 'Add "choices".') };
  }
  if (entry.default === undefined) return { question: entry };
  const parsed = parseAnswer(entry, entry.default);
  if ('answer' in parsed) return { question: { ...entry, default: parsed.answer } };
  const { problem, fix } = parsed.fault;
  return { fault: report(['default'], `breaks its own rule: ${problem.replace(/\.$/, '')}`, fix) };
}

function fixOf({ choices, pattern: form }: v.InferOutput<typeof question>): string {
  if (choices) return `Use ${choices.map(({ value }) => value).join(', ')}.`;
  return form === undefined ? 'Give another value.' : `It must match ${form}.`;
}
