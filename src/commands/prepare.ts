import { basename, resolve } from 'node:path';
import { collectAnswers, type Answers, type AnswerSource, type Fill } from '../answers/answers.ts';
import { formatCondition, isMet } from '../answers/condition.ts';
import { flagName, type BuiltInQuestion, type Question } from '../answers/question.ts';
import { builtInQuestions } from '../answers/questions.ts';
import { TsflaskError } from '../error.ts';
import type { Overlay } from '../plan/overlay.ts';
import { plan, type Plan } from '../plan/plan.ts';
import { derivedNames, generatorNames } from '../plan/view.ts';
import { loadBuiltInOverlays } from '../project/built-in-overlays.ts';
import type { FoundOverlay } from '../project/load-overlays.ts';
import { createBase, createManifest, recordFiles } from '../project/manifest.ts';
import { recordOverlay } from '../project/overlay-record.ts';
import { generatorVersion } from '../project/package-root.ts';
import { inspectTarget, type Target } from '../project/target.ts';
import { newFlags, switches } from './new-flags.ts';
import type { Flag } from './parse-flags.ts';

/**
 * The questions that stand in files of their own, then those of the overlays, ours and the user's.
 * @throws {@link TsflaskError} `QUESTION_TAKEN` where a question's variables or its flag mean something else already
 */
export function questionsOf(overlays: readonly Overlay[]): readonly BuiltInQuestion[] {
  const taken = new Set([...generatorNames, ...switches.map(({ name }) => `--${name}`), ...builtInQuestions.flatMap(namesOf)]);
  const added = overlays.flatMap(({ manifest }) => manifest.questions.map((question) => ({ question, overlay: manifest.name })));
  for (const { question, overlay } of added) {
    const clash = namesOf(question).find((name) => taken.has(name));
    if (clash !== undefined) throw questionTaken(question.id, clash, overlay);
    for (const name of namesOf(question)) taken.add(name);
  }
  return [...builtInQuestions, ...added.map(({ question }) => question)];
}

/** The flags of `new` with the questions of our overlays and of these. */
export function flagsOf(overlays: readonly Overlay[]): readonly Flag[] {
  return newFlags(questionsOf([...loadBuiltInOverlays(), ...overlays]));
}

function namesOf(question: Question): string[] {
  return [`--${flagName(question.id)}`, question.id, ...derivedNames(question).map(([name]) => name)];
}

function questionTaken(id: string, clash: string, overlay: string): TsflaskError {
  return new TsflaskError({
    code: 'QUESTION_TAKEN',
    problem: `The overlay ${overlay} asks "${id}", but ${clash} is taken.`,
    fix: 'Give the question, or the choice, another name.',
  });
}

export interface Request {
  /** Where the project goes, as it was typed; without it, into a folder of its name. */
  readonly path?: string;
  readonly cwd: string;
  /** Strongest first. */
  readonly sources: readonly AnswerSource[];
  /** Ours, then the user's. */
  readonly overlays: readonly Overlay[];
  /** The user's alone, and where they lie. */
  readonly userOverlays: readonly FoundOverlay[];
  /** {@link questionsOf} the overlays. */
  readonly questions: readonly BuiltInQuestion[];
  readonly fill: Fill;
}

/** A project in memory: nothing has been written. */
export interface Prepared {
  readonly answers: Answers;
  readonly warnings: readonly string[];
  readonly plan: Plan;
  readonly target: Target;
  /** The manifest and the base, to be written after the planned files. */
  readonly records: readonly { readonly path: string; readonly content: string }[];
}

/**
 * Answers, then the plan, then where it goes.
 * @throws {@link TsflaskError} with every fault found; {@link Interrupted} when the user leaves a question
 */
export async function prepareProject({ path, cwd, sources, overlays, ...request }: Request): Promise<Prepared> {
  const { userOverlays, questions, fill } = request;
  const { answers, warnings } = await collectAnswers(questions, sources, fill);
  const planned = plan({ answers, questions, overlays });
  const target = inspectTarget(resolve(cwd, path ?? String(answers['name'])));
  const overlayRecords = userOverlays.map((found) => recordOverlay(found, target.folder));
  const manifest = createManifest(planned, overlayRecords, generatorVersion);
  return {
    answers,
    warnings: [...warnings, ...idleOverlays(userOverlays, answers)],
    plan: planned,
    target,
    records: recordFiles(manifest, createBase(planned)),
  };
}

/** Who gives an overlay means it to do something. */
function idleOverlays(userOverlays: readonly FoundOverlay[], answers: Answers): string[] {
  return userOverlays.flatMap(({ overlay: { manifest } }) => {
    const { name, when = {} } = manifest;
    return isMet(when, answers) ? [] : [`The overlay ${name} takes no part: it goes with ${formatCondition(when)}.`];
  });
}

/** The name that the last part of NAME gives. */
export function nameSource(path: string, cwd: string): AnswerSource {
  return { values: { name: basename(resolve(cwd, path)) }, locate: () => (isHere(path) ? 'The name of this folder' : 'NAME') };
}

/** Whether NAME says where to write without saying a name, as `.` does. */
export function isHere(path: string): boolean {
  return /^\.{1,2}([\\/]\.{0,2})*$/.test(path);
}
