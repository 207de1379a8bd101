import { generatorVersion } from '../project/package-root.ts';
import { dueDates } from '../answers/platform-dates.ts';
import { formatCheck, formatJsonCheck, type Checkup } from '../report/check-report.ts';
import { styleFor } from '../report/style.ts';
import { widthOf } from '../report/wrap.ts';
import type { ExitCode, Terminal } from './command.ts';
import { isWriting } from './decide-update.ts';
import { isOn, parseFlags } from './parse-flags.ts';
import { prepareUpdate, type PreparedUpdate } from './prepare-update.ts';
import { findUnresolved } from './unresolved.ts';
import { checkSwitches } from './update-flags.ts';

/** `tsflask check`: whether anything drifted, is newer, or has come to its end. */
export async function runCheck(argv: readonly string[], { stdout, cwd }: Terminal): Promise<ExitCode> {
  const prepared = await prepareUpdate({
    readFlags: (flags, onUnknown) => parseFlags(argv, flags, onUnknown),
    cwd,
    switches: checkSwitches,
  });
  const { flags } = prepared;
  const checkup = checkProject(prepared, isOn(flags, 'allow-edits') ? 'allowed' : 'drift', new Date());
  if (isOn(flags, 'json')) stdout.write(formatJsonCheck(checkup));
  else if (!isOn(flags, 'quiet')) stdout.write(formatCheck(checkup, { width: widthOf(stdout), style: styleFor(stdout) }));
  return checkup.isClean ? 0 : 2;
}

function checkProject(prepared: PreparedUpdate, edits: 'allowed' | 'drift', today: Date): Checkup {
  const { project, plan, warnings, recovery, records, changes } = prepared;
  const behind = changes.filter(isWriting);
  const edited = changes
    .filter(({ isEdited, fate }) => isEdited && fate !== 'deleted' && fate !== 'orphaned')
    .map(({ path }) => path);
  const deleted = changes.filter(({ fate }) => fate === 'deleted').map(({ path }) => path);
  const unresolved = findUnresolved(changes);
  const dates = dueDates(plan.answers, today);
  const drift = edits === 'allowed' ? 0 : changes.filter(({ fate, isEdited }) => isEdited && fate !== 'orphaned').length;
  const isClean = behind.length + drift + unresolved.length === 0 && !dates.some(({ isPast }) => isPast);
  return {
    project,
    plan,
    warnings,
    ...(recovery === undefined ? {} : { recovery }),
    fromVersion: records.manifest.generatorVersion,
    toVersion: generatorVersion,
    behind,
    edited,
    deleted,
    unresolved,
    dates,
    isClean,
  };
}
