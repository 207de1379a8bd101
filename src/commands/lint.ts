import { TsflaskError } from '../error.ts';
import { lintOverlay } from '../plan/lint.ts';
import { loadBuiltInOverlays } from '../project/built-in-overlays.ts';
import { loadUserOverlays } from '../project/load-overlays.ts';
import { count } from '../report/count.ts';
import type { ExitCode, Terminal } from './command.ts';
import { parseFlags, type Flag } from './parse-flags.ts';
import { questionsOf } from './prepare.ts';

export const lintFlags: readonly Flag[] = [{ name: 'help', short: 'h', type: 'switch', help: 'Show this help' }];

/** `tsflask lint DIR`: what is wrong with an overlay, without planning a project. */
export async function runLint(argv: readonly string[], { stdout, stderr, cwd }: Terminal): Promise<ExitCode> {
  const [source, ...rest] = parseFlags(argv, lintFlags).positionals;
  if (source === undefined || source.trim() === '' || rest.length > 0) {
    throw new TsflaskError({ code: 'ARGUMENT_MISSING', problem: 'lint takes one overlay.', fix: 'Write: tsflask lint DIR' });
  }
  const [found] = await loadUserOverlays([source], cwd);
  const { overlay } = found!;
  // One of ours is linted in its own place, not over itself.
  const builtIn = loadBuiltInOverlays().filter(({ manifest }) => manifest.name !== overlay.manifest.name);
  const { errors, warnings } = lintOverlay(overlay, builtIn, questionsOf([...builtIn, overlay]));
  for (const { problem, fix } of errors) stderr.write(`✖ ${problem}\n  ${fix}\n`);
  for (const { problem, fix } of warnings) stderr.write(`! ${problem}\n  ${fix}\n`);
  stdout.write(`${overlay.manifest.name}: ${count(errors.length, 'error')}, ${count(warnings.length, 'warning')}\n`);
  return errors.length === 0 ? 0 : 1;
}
