import * as v from 'valibot';
import { parseAnswer } from '../answers/parse-answer.ts';
import type { Question } from '../answers/question.ts';
import { throwFaults, type Fault } from '../error.ts';
import type { OverlayManifest } from './overlay.ts';
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
const choice = v.union([
  v.pipe(
    text,
    v.transform((value) => ({ value, label: value })),
  ),
  v.strictObject({ value: text, label: text }),
]);

const question = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-zA-Z0-9]*$/, 'is not camelCase')),
  text,
  type: v.picklist(['text', 'choice', 'choices', 'list', 'yes-no']),
  default: v.exactOptional(v.union([v.string(), v.boolean(), v.array(v.string())])),
  choices: v.exactOptional(v.pipe(v.array(choice), v.minLength(1, 'is empty'))),
  pattern: v.exactOptional(pattern),
  maxLength: v.exactOptional(v.pipe(v.number(), v.integer('is not a whole number'), v.minValue(1, 'is less than 1'))),
  fix: v.exactOptional(text),
  when: v.exactOptional(condition),
});

/** What an `overlay.json` may hold. `overlay.schema.json` is made from it, for editors. */
export const overlaySchema = v.strictObject({
  $schema: v.exactOptional(v.string()),
  name: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'is not of a-z, 0-9 and dashes, starting with a letter')),
  description: text,
  requires: v.exactOptional(text),
  when: v.exactOptional(condition),
  questions: v.optional(v.array(question), []),
  files: v.optional(v.record(path, v.strictObject({ policy: v.picklist(['managed', 'once', 'merge-json']) })), {}),
  remove: v.optional(v.array(path), []),
  renamed: v.optional(v.record(path, path), {}),
});

/**
 * Validates the value of an `overlay.json`.
 * @param where - the file's path, for messages
 * @throws {@link TsflaskError} `OVERLAY_INVALID` with every fault: unknown keys, wrong types, unsafe paths, defaults that break their own rules
 */
export function parseOverlayManifest(value: unknown, where: string): OverlayManifest {
  const report = (at: string, problem: string, fix: string): Fault => ({
    code: 'OVERLAY_INVALID',
    problem: `${where}: ${at} ${problem}.`,
    fix,
  });
  const result = v.safeParse(overlaySchema, value);
  if (!result.success) {
    throwFaults(
      result.issues.map((issue) =>
        report(v.getDotPath(issue) ?? 'the file', describe(issue), 'docs/extending.md says what overlay.json may hold.'),
      ),
    );
  }
  const { $schema: _, questions, ...manifest } = result.output as v.InferOutput<typeof overlaySchema>;
  const parsed = questions.map((entry): Question => ({ ...entry, fix: entry.fix ?? fixOf(entry) }));
  throwFaults(
    parsed.flatMap((entry, index) =>
      questionFaults(entry, (at, problem, fix) => report(`questions.${index}${at}`, problem, fix)),
    ),
  );
  return { ...manifest, questions: parsed };
}

function describe(issue: v.BaseIssue<unknown>): string {
  if (issue.kind !== 'schema') return `${issue.message} (${JSON.stringify(issue.input)})`;
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'is not a key that is known';
  return issue.received === 'undefined' ? 'is missing' : `is ${issue.received} where ${issue.expected} is expected`;
}

function questionFaults(entry: Question, report: (at: string, problem: string, fix: string) => Fault): Fault[] {
  const faults: Fault[] = [];
  if (entry.type.startsWith('choice') && !entry.choices) {
    faults.push(report('', `is a ${entry.type} question without choices`, 'Add "choices".'));
  } else if (entry.default !== undefined && entry.default !== '') {
    const parsed = parseAnswer(entry, entry.default);
    if ('fault' in parsed)
      faults.push(report('.default', `breaks its own rule: ${parsed.fault.problem.replace(/\.$/, '')}`, parsed.fault.fix));
  }
  return faults;
}

function fixOf({ choices, pattern: form }: v.InferOutput<typeof question>): string {
  if (choices) return `Use ${choices.map(({ value }) => value).join(', ')}.`;
  return form === undefined ? 'Give another value.' : `It must match ${form}.`;
}
