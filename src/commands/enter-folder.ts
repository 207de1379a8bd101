import { Interrupted } from '../error.ts';
import type { Target } from '../project/target.ts';
import type { Prompts } from './command.ts';

/**
 * Asks whether a project may go into a folder that is not empty, as soon as it is known which folder that is.
 * @throws {@link Interrupted} when the user says no
 */
export async function enterFolder(target: Target, ask: Prompts): Promise<void> {
  if (target.entries.length === 0) return;
  const answer = await ask.choice<'no' | 'yes'>(`${target.folder} ${describeEntries(target)}. Write the project into it?`, [
    { value: 'no', label: 'No, write nothing' },
    { value: 'yes', label: 'Yes, and ask again before a file of mine is changed' },
  ]);
  if (answer === 'no') throw new Interrupted('Nothing was written.');
}

/** Says that a folder is not empty, with some of what is in it. */
export function describeEntries({ entries }: Target): string {
  return `is not empty (${entries.slice(0, 3).join(', ')}${entries.length > 3 ? ', …' : ''})`;
}
