import { TsflaskError } from '../error.ts';
import { lintOverlay } from '../plan/lint.ts';
import { loadBuiltInOverlays } from '../project/built-in-overlays.ts';
import { loadUserOverlays } from '../project/load-overlays.ts';
import { count } from '../report/count.ts';
import { formatFaults } from '../report/faults.ts';
import { styleFor } from '../report/style.ts';
import { messageWidth } from '../report/wrap.ts';
import type { ExitCode, Terminal } from './command.ts';
import { parseFlags, textsOf, type Flag } from './parse-flags.ts';
import { questionsOf } from './prepare.ts';

export const lintFlags: readonly Flag[] = [
  { name: 'overlay', type: 'texts', value: 'DIR', isSource: true, help: 'Another overlay, which DIR is laid over (repeatable)' },
  { name: 'help', short: 'h', type: 'switch', help: 'Show this help' },
];

/** `tsflask lint DIR`: what is wrong with an overlay, without planning a project. */
export async function runLint(argv: readonly string[], { stdout, stderr, cwd }: Terminal): Promise<ExitCode> {
  const flags = parseFlags(argv, lintFlags);
  const [source, ...rest] = flags.positionals;
  if (source === undefined || source.trim() === '' || rest.length > 0) {
    throw new TsflaskError({ code: 'ARGUMENT_MISSING', problem: 'lint takes one overlay.', fix: 'Write: tsflask lint DIR' });
  }
  const [found, ...others] = await loadUserOverlays([source, ...textsOf(flags, 'overlay')], cwd);
  const { overlay } = found!;
  // One of ours is linted in its own place, not over itself.
  const builtIn = loadBuiltInOverlays().filter(({ manifest }) => manifest.name !== overlay.manifest.name);
  const below = [...builtIn, ...others.map((other) => other.overlay)];
  const { errors, warnings } = lintOverlay(overlay, below, questionsOf([...below, overlay]));
  const shape = { width: messageWidth(stderr), style: styleFor(stderr) };
  stderr.write(formatFaults(errors, '✖', shape) + formatFaults(warnings, '!', shape));
  stdout.write(`${overlay.manifest.name}: ${count(errors.length, 'error')}, ${count(warnings.length, 'warning')}\n`);
  return errors.length === 0 ? 0 : 1;
}
