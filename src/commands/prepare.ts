import { basename, relative, resolve } from 'node:path';
import { collectAnswers, type Answers, type AnswerSource, type Fill } from '../answers/answers.ts';
import type { BuiltInQuestion } from '../answers/question.ts';
import { builtInQuestions } from '../answers/questions.ts';
import { TsflaskError } from '../error.ts';
import type { Overlay } from '../plan/overlay.ts';
import { plan, type Plan } from '../plan/plan.ts';
import { loadBuiltInOverlays, type FoundOverlay } from '../project/load-overlays.ts';
import { createBase, createManifest, recordFiles } from '../project/manifest.ts';
import { generatorVersion } from '../project/package-root.ts';
import { inspectTarget, type Target } from '../project/target.ts';

/** Our questions, then those of the user's overlays. */
export function questionsOf(overlays: readonly Overlay[]): readonly BuiltInQuestion[] {
  const questions = [...builtInQuestions];
  for (const { manifest } of overlays) {
    for (const question of manifest.questions) {
      if (questions.some(({ id }) => id === question.id)) {
        throw new TsflaskError({
          code: 'QUESTION_TAKEN',
          problem: `The overlay ${manifest.name} asks "${question.id}", which is asked already.`,
          fix: 'Give the question another id.',
        });
      }
      questions.push(question);
    }
  }
  return questions;
}

export interface Request {
  /** NAME as it was typed: a name, or a path whose last part is one. */
  readonly path?: string;
  readonly cwd: string;
  /** Strongest first. */
  readonly sources: readonly AnswerSource[];
  readonly userOverlays: readonly FoundOverlay[];
  readonly fill: Fill;
}

/** A project in memory: nothing has been written. */
export interface Prepared {
  readonly answers: Answers;
  readonly questions: readonly BuiltInQuestion[];
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
export async function prepareProject({ path, cwd, sources, userOverlays, fill }: Request): Promise<Prepared> {
  const overlays = userOverlays.map(({ overlay }) => overlay);
  const questions = questionsOf(overlays);
  const named = path === undefined ? [] : [nameSource(resolve(cwd, path))];
  const { answers, warnings } = await collectAnswers(questions, [...sources, ...named], fill);
  const planned = plan({ answers, questions, overlays: [...loadBuiltInOverlays(), ...overlays], generatorVersion });
  const target = inspectTarget(resolve(cwd, path ?? String(answers['name'])));
  const overlaySources = userOverlays.map(({ folder }) => relative(target.folder, folder).replaceAll('\\', '/'));
  const manifest = createManifest(planned, overlaySources, generatorVersion);
  return { answers, questions, warnings, plan: planned, target, records: recordFiles(manifest, createBase(planned)) };
}

function nameSource(folder: string): AnswerSource {
  return { values: { name: basename(folder) }, locate: () => 'NAME' };
}
