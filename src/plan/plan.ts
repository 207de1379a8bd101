import type { Answers } from '../answers/answers.ts';
import { isMet } from '../answers/condition.ts';
import type { Question } from '../answers/question.ts';
import { throwFaults, type Fault } from '../error.ts';
import { collectFragments } from './fragments.ts';
import { layJson } from './merge-json.ts';
import type { Content, Overlay, Policy } from './overlay.ts';
import { clashFaults, twinFault } from './path-clash.ts';
import { createRenderer } from './renderer.ts';
import { checkTemplate } from './template.ts';
import { createView } from './view.ts';

export interface PlannedFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly content: Content;
  readonly executable: boolean;
  readonly policy: Policy;
  /** Name of the overlay it came from; of several that merged, the last. */
  readonly overlay: string;
}

/** Everything a project will hold. */
export interface Plan {
  readonly answers: Answers;
  /** Names of the overlays that took part, in order. */
  readonly overlays: readonly string[];
  /** Sorted by path in code-unit order. */
  readonly files: readonly PlannedFile[];
}

export interface PlanInput {
  readonly answers: Answers;
  /** Those that the answers were validated against. */
  readonly questions: readonly Question[];
  /** Ours first, then the user's; one whose `when` does not hold takes no part. */
  readonly overlays: readonly Overlay[];
}

/**
 * Renders every file of a project in memory. The same input gives the same bytes on any machine, in any locale, on any day.
 * @throws {@link TsflaskError} with every fault of the overlays: `VARIABLE_UNKNOWN`, `PARTIAL_UNKNOWN`, `PARTIAL_CIRCULAR`,
 * `FRAGMENT_CLASH`, `TEMPLATE_SYNTAX`, `JSON_INVALID`, `PATH_UNSAFE`, `PATH_CLASH`
 */
export function plan({ answers, questions, ...input }: PlanInput): Plan {
  const overlays = input.overlays.filter(({ manifest }) => isMet(manifest.when, answers));
  const view = createView(answers, questions);
  const fragments = collectFragments(overlays);
  const known = { variables: new Set(Object.keys(view)), fragments: new Set(Object.keys(fragments.texts)), hasItem: true };
  throwFaults([...fragments.faults, ...fragments.pieces.flatMap(({ text, where }) => checkTemplate(text, where, known))]);
  const files = layFiles(overlays, createRenderer(view, fragments));
  return { answers, overlays: overlays.map(({ manifest }) => manifest.name), files };
}

/** Lays the files of each overlay over those of the earlier ones. */
function layFiles(overlays: readonly Overlay[], render: ReturnType<typeof createRenderer>): PlannedFile[] {
  const policies = Object.assign(
    Object.create(null),
    ...overlays.map(({ manifest }) => manifest.files),
  ) as Overlay['manifest']['files'];
  const planned = new Map<string, PlannedFile>();
  const faults: Fault[] = [];
  for (const { manifest, files } of overlays) {
    for (const path of manifest.remove) planned.delete(path);
    const own = new Map<string, string>();
    for (const [templatePath, file] of Object.entries(files)) {
      const where = `${manifest.name}/files/${templatePath}`;
      const rendered = render(templatePath, file, where);
      faults.push(...rendered.faults);
      for (const { path, content } of rendered.outputs) {
        const twin = own.get(path);
        if (twin !== undefined) faults.push(twinFault(where, twin, path));
        own.set(path, templatePath);
        const { policy } = policies[path] ?? policies[rendered.path] ?? { policy: 'managed' };
        const next = { path, content, executable: file.executable, policy, overlay: manifest.name };
        const laid = policy === 'merge-json' ? layJson(planned.get(path), next, where) : next;
        if ('problem' in laid) faults.push(laid);
        else planned.set(path, laid);
      }
    }
  }
  const sorted = [...planned.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  throwFaults([...faults, ...clashFaults(sorted.map(({ path }) => path))]);
  return sorted;
}
