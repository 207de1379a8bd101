import { collectAnswers } from './answers/answers.ts';
import { questionsOf } from './commands/prepare.ts';
import type { Overlay } from './plan/overlay.ts';
import { plan, type Plan } from './plan/plan.ts';
import { loadBuiltInOverlays } from './project/built-in-overlays.ts';

export interface RenderOptions {
  /** Raw answers by question id; what is missing takes its default. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Laid over ours, in order. */
  readonly overlays?: readonly Overlay[];
}

/**
 * Plans a whole project in memory, with our overlays below yours.
 * @throws {@link TsflaskError} with every fault in the answers or in the overlays
 */
export async function render({ answers: values, overlays: own = [] }: RenderOptions): Promise<Plan> {
  const overlays = [...loadBuiltInOverlays(), ...own];
  const questions = questionsOf(overlays);
  const { answers } = await collectAnswers(questions, [{ values, locate: (id) => id }], 'default');
  return plan({ answers, questions, overlays });
}
