import assert from 'node:assert/strict';
import { collectAnswers } from '../../src/answers/answers.ts';
import { questionsOf } from '../../src/commands/prepare.ts';
import { TsflaskError } from '../../src/error.ts';
import { plan, type Plan } from '../../src/plan/plan.ts';
import { defineOverlay, type InlineOverlay } from '../../src/testing.ts';

/** Plans overlays and nothing of ours; what the answers leave out has its default. */
export async function planOverlays(
  overlays: readonly InlineOverlay[],
  answers: Readonly<Record<string, unknown>> = {},
): Promise<Plan> {
  const defined = overlays.map((overlay, index) =>
    defineOverlay({ ...overlay, manifest: { name: `o${index}`, ...overlay.manifest } }),
  );
  const questions = questionsOf(defined);
  const values = { name: 'demo', ...answers };
  const collected = await collectAnswers(questions, [{ values, locate: (id) => id }], 'default');
  return plan({ answers: collected.answers, questions, overlays: defined });
}

/** The texts of a plan by path. */
export function textsOf({ files }: Plan): Record<string, string> {
  return Object.fromEntries(files.map(({ path, content }) => [path, String(content)]));
}

/** `CODE problem` of every fault that a plan ends in. */
export async function faultsOf(planned: Promise<unknown>): Promise<string[]> {
  const error: unknown = await planned.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof TsflaskError, String(error));
  return error.faults.map(({ code, problem }) => `${code} ${problem}`);
}
