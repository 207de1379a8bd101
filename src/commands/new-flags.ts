import type { AnswerSource } from '../answers/answers.ts';
import { flagName, type BuiltInQuestion } from '../answers/question.ts';
import { TsflaskError } from '../error.ts';
import { flagOf, type Flag, type ParsedFlags } from './parse-flags.ts';

/** Flags of `new` that are no questions. */
export const switches: readonly Flag[] = [
  {
    name: 'overlay',
    type: 'texts',
    value: 'DIR',
    isSource: true,
    help: 'Lay a folder or an installed package of templates over ours (repeatable)',
  },
  { name: 'answers', type: 'text', value: 'FILE', isSource: true, help: 'Take answers from a YAML or JSON file' },
  { name: 'yes', short: 'y', type: 'switch', help: 'Take the default of every question that is not answered' },
  { name: 'dry-run', type: 'switch', help: 'Show what would be written, write nothing' },
  { name: 'force', short: 'f', type: 'switch', help: 'Overwrite files in a folder that is not empty' },
  { name: 'skip-install', type: 'switch', help: 'Do not run npm install' },
  { name: 'no-git', type: 'switch', help: 'Do not make a git repository with a first commit' },
  { name: 'workspace', type: 'switch', help: 'Add the project to the npm, pnpm or yarn workspace above it' },
  { name: 'json', type: 'switch', help: 'Report as JSON' },
  { name: 'quiet', type: 'switch', help: 'Print nothing but errors' },
  { name: 'help', short: 'h', type: 'switch', help: 'Show this help' },
];

/** Every flag of `new`: the questions, then the switches. */
export function newFlags(questions: readonly BuiltInQuestion[]): readonly Flag[] {
  return [...questions.map(flagOf), ...switches];
}

/** The answers that stand on the command line. */
export function flagSource({ values }: ParsedFlags, questions: readonly BuiltInQuestion[]): AnswerSource {
  const given = questions.flatMap(({ id, type }) => {
    const value = values.get(flagName(id));
    if (value === undefined) return [];
    return [
      [id, typeof value === 'boolean' ? value : type === 'list' || type === 'choices' ? value.join(',') : value.at(-1)] as const,
    ];
  });
  return { values: Object.fromEntries(given), locate: (id) => `--${flagName(id)}` };
}

/**
 * NAME, if it was given.
 * @throws {@link TsflaskError} `NAME_INVALID` for an empty one, as an unset variable makes it; `ARGUMENT_UNEXPECTED` for a second one
 */
export function onlyName([name, second]: readonly string[]): string | undefined {
  if (name?.trim() === '') {
    throw new TsflaskError({
      code: 'NAME_INVALID',
      problem: 'NAME is empty.',
      fix: 'Write a name such as my-api, or . for the folder that you are in.',
    });
  }
  if (second === undefined) return name;
  throw new TsflaskError({
    code: 'ARGUMENT_UNEXPECTED',
    problem: `Only one NAME is expected, but "${second}" follows "${name}".`,
    fix: 'Quote a text that has spaces: --description "Takes orders".',
  });
}
