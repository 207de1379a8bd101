import { formatFileDiff } from '../report/unified-diff.ts';
import { styleFor, type Style } from '../report/style.ts';
import type { Change } from '../update/judge.ts';
import type { ExitCode, Terminal } from './command.ts';
import { parseFlags } from './parse-flags.ts';
import { prepareUpdate } from './prepare-update.ts';
import { diffSwitches } from './update-flags.ts';

/** `tsflask diff`: what `update` would change, as a unified diff that `git apply` takes. */
export async function runDiff(argv: readonly string[], { stdout, stderr, cwd }: Terminal): Promise<ExitCode> {
  const { changes, warnings, recovery } = await prepareUpdate({
    readFlags: (flags, onUnknown) => parseFlags(argv, flags, onUnknown),
    cwd,
    switches: diffSwitches,
  });
  const style = styleFor(stdout);
  if (recovery) stderr.write(`! ${recovery.message}\n`);
  for (const warning of warnings) stderr.write(`! ${warning}\n`);
  for (const change of changes) stdout.write(colour(formatFileDiff(withMarkers(change)), style));
  return 0;
}

/** A conflict is shown as it would be left in the file. */
function withMarkers(change: Change): Change {
  const { conflict } = change;
  if (conflict?.merged === undefined) return change;
  return { ...change, next: { ...conflict.theirs, content: conflict.merged } };
}

function colour(diff: string, style: Style): string {
  return diff.replaceAll(/^(?:(\+\+\+|---|@@)|(\+)|(-)).*$/gm, (line, head?: string, plus?: string) => {
    if (head === '@@') return style('cyan', line);
    if (head !== undefined) return style('bold', line);
    return style(plus === undefined ? 'red' : 'green', line);
  });
}
