import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, so that others can tell whether it still runs. */
export interface ProcessId {
  readonly pid: number;
  readonly host: string;
  /** When the system started it, where it tells: a number that is given again belongs to another process. */
  readonly started?: string;
}

export function ownProcess(): ProcessId {
  const started = startOf(process.pid);
  return { pid: process.pid, host: hostname(), ...(started === undefined ? {} : { started }) };
}

/** Whether a process still runs; what runs on another machine cannot be seen from here, so it does. */
export function isRunning({ pid, host, started }: ProcessId): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return started === undefined || now === undefined || started === now;
}

/** Field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before it may have spaces and brackets. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
