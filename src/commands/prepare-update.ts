import { resolve } from 'node:path';
import { loadAnswersFile } from '../answers/answers-file.ts';
import { collectAnswers, type Answers, type AnswerSource, type Fill } from '../answers/answers.ts';
import { didYouMean } from '../answers/nearest.ts';
import { flagName, type BuiltInQuestion } from '../answers/question.ts';
import { TsflaskError } from '../error.ts';
import { plan, type Plan } from '../plan/plan.ts';
import { loadBuiltInOverlays } from '../project/built-in-overlays.ts';
import type { FoundOverlay } from '../project/load-overlays.ts';
import { generatorVersion } from '../project/package-root.ts';
import { readEntries } from '../project/read-entries.ts';
import { findProject, readRecords, type BaseUse, type Records } from '../project/read-records.ts';
import { recover, type Recovery } from '../project/recover.ts';
import type { Change } from '../update/judge.ts';
import { expandRenames } from '../update/renames.ts';
import { survey } from '../update/survey.ts';
import type { Prompts } from './command.ts';
import { flagSource } from './new-flags.ts';
import { isOn, textOf, textsOf, type Flag, type ParsedFlags, type ReadFlags } from './parse-flags.ts';
import { questionsOf } from './prepare.ts';
import { pathMatcher, withQuestions } from './update-flags.ts';
import { loadProjectOverlays } from './update-overlays.ts';

/** How a command on a project was called. */
export interface ProjectCall {
  readonly readFlags: ReadFlags;
  readonly cwd: string;
  /** Flags of the command that are no questions. */
  readonly switches: readonly Flag[];
  /** Who answers a question that is new and has no default. */
  readonly ask?: Prompts | undefined;
}

/** A project, and what today's generator would make of it. Nothing has been written. */
export interface PreparedUpdate {
  /** Absolute. */
  readonly project: string;
  readonly flags: ParsedFlags;
  readonly records: Records;
  readonly plan: Plan;
  /** Those that the manifest is to name. */
  readonly overlays: readonly FoundOverlay[];
  readonly changes: readonly Change[];
  /** An unfinished run that was found, and what became of it. */
  readonly recovery?: Recovery;
  readonly warnings: readonly string[];
}

/**
 * Finds the project, finishes what a killed run left, reads its records, and judges every file.
 * @throws {@link TsflaskError} as its steps do; `GENERATOR_OLDER` where a newer version wrote the project
 */
export async function prepareUpdate(call: ProjectCall): Promise<PreparedUpdate> {
  const first = call.readFlags(withQuestions([], call.switches), 'pass');
  const project = findProject(call.cwd);
  const recovery = recover(project);
  const use: BaseUse = isOn(first, 'rebase') ? 'ignored' : 'needed';
  const records = readRecords(project, use);
  await checkVersion(records);
  const { recorded, own } = await loadProjectOverlays({
    records: records.manifest.overlays,
    project,
    added: textsOf(first, 'overlay'),
    cwd: call.cwd,
    removed: textsOf(first, 'remove-overlay'),
  });
  const overlays = [...loadBuiltInOverlays(), ...[...recorded, ...own].map(({ overlay }) => overlay)];
  const questions = questionsOf(overlays);
  const flags = call.readFlags(withQuestions(questions, call.switches), 'fail');
  refusePositionals(flags);
  const stored = storedAnswers(records, questions);
  const sources = [flagSource(flags, questions), ...(await fileSource(flags, call.cwd)), stored.source];
  const { answers, warnings } = await collectAnswers(questions, sources, fillFor(call.ask));
  const planned = plan({ answers, questions, overlays });
  return {
    project,
    flags,
    records,
    plan: planned,
    overlays: recorded,
    changes: surveyProject(
      { project, records, flags },
      planned,
      expandRenames(Object.assign({}, ...overlays.map(({ manifest }) => manifest.renamed)), answers),
    ),
    ...(recovery === undefined ? {} : { recovery }),
    warnings: [...stored.dropped, ...newQuestions(records, answers, { questions, flags }), ...warnings],
  };
}

function surveyProject(
  { project, records, flags }: Pick<PreparedUpdate, 'project' | 'records' | 'flags'>,
  planned: Plan,
  renamed: Readonly<Record<string, string>>,
): Change[] {
  const { known } = records;
  const paths = new Set([...known.keys(), ...planned.files.map(({ path }) => path)]);
  return survey({
    known,
    planned: planned.files,
    disk: readEntries(project, paths),
    renamed,
    isRestored: pathMatcher(textsOf(flags, 'restore')),
    labels: { ours: 'yours', base: 'as it was emitted', theirs: `tsflask ${generatorVersion}` },
  });
}

/** An older generator would take a project back to what it was. */
async function checkVersion({ manifest }: Records): Promise<void> {
  if (manifest.generatorVersion === generatorVersion) return;
  const { default: valid } = await import('semver/functions/valid.js');
  const { default: isGreater } = await import('semver/functions/gt.js');
  if (valid(manifest.generatorVersion) === null || !isGreater(manifest.generatorVersion, generatorVersion)) return;
  throw new TsflaskError({
    code: 'GENERATOR_OLDER',
    problem: `This project is of tsflask ${manifest.generatorVersion}, and this is ${generatorVersion}.`,
    fix: `Run: npx generator-tsflask@${manifest.generatorVersion} update`,
  });
}

function refusePositionals({ positionals: [first] }: ParsedFlags): void {
  if (first === undefined) return;
  throw new TsflaskError({
    code: 'ARGUMENT_UNEXPECTED',
    problem: `"${first}" is given, but this takes flags alone.`,
    fix: 'Run it in the project, without a name.',
  });
}

async function fileSource(flags: ParsedFlags, cwd: string): Promise<readonly AnswerSource[]> {
  const path = textOf(flags, 'answers');
  return path === undefined ? [] : [(await loadAnswersFile(resolve(cwd, path))).source];
}

interface StoredAnswers {
  readonly source: AnswerSource;
  /** What is worth saying of answers that no question asks for any more. */
  readonly dropped: readonly string[];
}

/** An answer that was edited by hand may hold a slip of the pen; one that nothing is like is of a question that went. */
function storedAnswers({ manifest: { answers } }: Records, questions: readonly BuiltInQuestion[]): StoredAnswers {
  const ids = questions.map(({ id }) => id);
  const gone = Object.keys(answers).filter((id) => !ids.includes(id) && didYouMean(id, ids) === '');
  const values = Object.fromEntries(Object.entries(answers).filter(([id]) => !gone.includes(id)));
  return {
    source: { values, locate: (id) => `.tsflask/manifest.json, answers.${id}` },
    dropped: gone.map((id) => `The answer "${id}" is dropped: no question asks for it any more.`),
  };
}

/** Where a new version asks more, its defaults are what the project was until now; only what has none must be asked. */
function fillFor(ask: Prompts | undefined): Fill {
  if (ask === undefined) return 'default';
  return async (question, soFar) => (question.default === undefined ? ask.question(question, soFar) : question.default);
}

function newQuestions(
  { manifest }: Records,
  answers: Answers,
  { questions, flags }: { readonly questions: readonly BuiltInQuestion[]; readonly flags: ParsedFlags },
): string[] {
  const isNew = ({ id, default: fallback }: BuiltInQuestion): boolean =>
    !Object.hasOwn(manifest.answers, id) &&
    !flags.values.has(flagName(id)) &&
    Object.hasOwn(answers, id) &&
    fallback !== undefined;
  return questions
    .filter(isNew)
    .map(({ id, text }) => `${text}: ${String(answers[id]) || 'none'} is taken; --${flagName(id)} changes it.`);
}
