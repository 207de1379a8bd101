import { createInterface } from 'node:readline/promises';

/**
 * Asks in the terminal before a plan is applied. Production is only destroyed by its name, YES=1 or not.
 * @throws unless the answer is the one asked for
 */
export async function confirm(action: 'apply' | 'destroy', target: string): Promise<void> {
  const guarded = action === 'destroy' && /^(?:prod|live)/.test(target);
  if (process.env['YES'] === '1' && !guarded) return;
  const expected = guarded ? target : 'yes';
  const question =
    action === 'destroy' ? `Destroy ${target}, all of the above?` : `Apply this plan to ${target}?`;
  process.stdout.write(`\n${question} Type ${expected} to go on: `);
  const answer = await readAnswer();
  if (answer === expected) return;
  const advice = guarded ? `echo ${target} | make destroy STAGE=${target}` : 'YES=1';
  throw new Error(`Nothing was changed. Without a terminal: ${advice}`);
}

/** The first line of the input, `undefined` where it has ended. */
async function readAnswer(): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin });
  for await (const line of terminal) {
    terminal.close();
    return line.trim();
  }
  return undefined;
}
