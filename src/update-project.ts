import { flagName } from './answers/question.ts';
import { decideUpdate } from './commands/decide-update.ts';
import { parseFlags } from './commands/parse-flags.ts';
import type { OnConflict } from './commands/update-flags.ts';
import { apply } from './project/apply.ts';
import { inspectTarget } from './project/target.ts';
import type { Fate } from './update/judge.ts';
import type { Unsettled } from './update/settle.ts';

export interface UpdateOptions {
  /** The project's folder, or one below it. */
  readonly project: string;
  /** Answers that change; the others stay as they are stored. */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** What becomes of conflicts; `merge` marks them in their files. */
  readonly onConflict?: OnConflict;
  /** Paths, or folders, that a later update comes to. */
  readonly skip?: readonly string[];
  /** Decide everything, write nothing. */
  readonly isDry?: boolean;
  /** Go on although there are changes that are not committed. */
  readonly isForced?: boolean;
}

/** What an update did, or would do. */
export interface UpdateReport {
  /** Absolute. */
  readonly project: string;
  /** Of each file that is not as it was emitted and would be. */
  readonly changes: readonly { readonly path: string; readonly from?: string | undefined; readonly fate: Fate }[];
  /** What is left for the user to settle. */
  readonly conflicts: readonly Unsettled[];
  readonly warnings: readonly string[];
}

/**
 * Does what `tsflask update` does where nobody can be asked.
 * @throws {@link TsflaskError} as the command does; nothing is written then
 */
export async function update(options: UpdateOptions): Promise<UpdateReport> {
  const { project: cwd, answers = {}, onConflict = 'merge', skip = [], isDry = false, isForced = false } = options;
  const argv = [
    ...Object.entries(answers).map(
      ([id, value]) => `--${flagName(id)}=${Array.isArray(value) ? value.join(',') : String(value)}`,
    ),
    `--on-conflict=${onConflict}`,
    ...skip.map((path) => `--skip=${path}`),
    ...(isDry ? ['--dry-run'] : []),
    ...(isForced ? ['--force'] : []),
  ];
  const decided = await decideUpdate({
    readFlags: (flags, onUnknown) => parseFlags(argv, flags, onUnknown),
    cwd,
    findPrompts: () => undefined,
    print: () => {},
  });
  const { project, changes, conflicts, warnings, steps } = decided;
  if (!isDry && steps.length > 0) await apply(steps, inspectTarget(project), { undo: 'keep' });
  const changed = changes.filter(({ fate }) => fate !== 'unchanged');
  return { project, changes: changed.map(({ path, from, fate }) => ({ path, from, fate })), conflicts, warnings };
}
