import type { BuiltInQuestion } from '../answers/question.ts';
import { TsflaskError } from '../error.ts';
import { flagOf, textOf, type Flag, type ParsedFlags } from './parse-flags.ts';

const overlay: Flag = {
  name: 'overlay',
  type: 'texts',
  value: 'DIR',
  isSource: true,
  help: 'Add an overlay, or take a recorded one from this folder or package (repeatable)',
};
const removeOverlay: Flag = {
  name: 'remove-overlay',
  type: 'texts',
  value: 'NAME',
  help: 'Take a recorded overlay out (repeatable)',
};
const answers: Flag = {
  name: 'answers',
  type: 'text',
  value: 'FILE',
  isSource: true,
  help: 'Change answers to those of a YAML or JSON file',
};
const skip: Flag = {
  name: 'skip',
  type: 'texts',
  value: 'PATH',
  help: 'Leave a file, or all below a folder, for a later update (repeatable)',
};
const json: Flag = { name: 'json', type: 'switch', help: 'Report as JSON' };
const quiet: Flag = { name: 'quiet', type: 'switch', help: 'Print nothing but errors and conflicts' };
const help: Flag = { name: 'help', short: 'h', type: 'switch', help: 'Show this help' };

const policies = ['merge', 'keep', 'overwrite', 'abort'] as const;

/** What becomes of conflicts where nobody is asked. */
export type OnConflict = (typeof policies)[number];

/** Flags of `update` that are no questions. */
export const updateSwitches: readonly Flag[] = [
  overlay,
  removeOverlay,
  answers,
  {
    name: 'on-conflict',
    type: 'text',
    value: policies.join('|'),
    help: 'Settle every conflict so: mark it in the file, keep yours, take the new one, or write nothing',
  },
  skip,
  { name: 'restore', type: 'texts', value: 'PATH', help: 'Write a file again that was deleted (repeatable)' },
  { name: 'rebase', type: 'switch', help: 'Make .tsflask/base.json anew, with the files of today as your edits' },
  { name: 'undo', type: 'switch', help: 'Take the last update back, whole' },
  { name: 'dry-run', type: 'switch', help: 'Show what would be written, write nothing' },
  { name: 'force', short: 'f', type: 'switch', help: 'Update in spite of changes that are not committed' },
  json,
  quiet,
  help,
];

/** Flags of `diff` that are no questions. */
export const diffSwitches: readonly Flag[] = [overlay, removeOverlay, answers, help];

/** Flags of `check`. */
export const checkSwitches: readonly Flag[] = [
  { name: 'allow-edits', type: 'switch', help: 'Edits and deletions of yours are no drift' },
  json,
  { ...quiet, help: 'Print nothing; the exit code says it' },
  help,
];

/** The questions, then the switches of a command. */
export function withQuestions(questions: readonly BuiltInQuestion[], switches: readonly Flag[]): readonly Flag[] {
  return [...questions.map(flagOf), ...switches];
}

/** @throws {@link TsflaskError} `ON_CONFLICT_INVALID` */
export function onConflictOf(flags: ParsedFlags): OnConflict | undefined {
  const text = textOf(flags, 'on-conflict');
  const policy = policies.find((name) => name === text);
  if (text === undefined || policy !== undefined) return policy;
  throw new TsflaskError({
    code: 'ON_CONFLICT_INVALID',
    problem: `--on-conflict: "${text}" is none of its values.`,
    fix: `Use ${policies.join(', ')}.`,
  });
}

/** Tells whether a path, or a folder above it, is among those that somebody typed. */
export function pathMatcher(texts: readonly string[]): (path: string) => boolean {
  const named = texts.map((text) => text.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, ''));
  return (path) => named.some((name) => path === name || path.startsWith(`${name}/`));
}
