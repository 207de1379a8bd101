import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

/** A program of an emitted project, and what it has printed. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown[]>;
  readonly lines: readonly string[];
  /** Waits for a line, the first one or a later one, that the pattern fits. */
  readonly see: (pattern: RegExp, count?: number) => Promise<string>;
}

const started: ChildProcess[] = [];

/** Starts a program in a process group of its own, as a terminal does. */
export function startProcess(cwd: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): ServiceProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd,
    detached: true,
    env: { ...process.env, PORT: '0', NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', (line) => lines.push(line));
  const see = async (pattern: RegExp, count = 1): Promise<string> => {
    for (const start = performance.now(); performance.now() - start < 15_000; await setTimeout(20)) {
      const line = lines.filter((text) => pattern.test(text))[count - 1];
      if (line !== undefined) return line;
    }
    throw new Error(`${String(pattern)} is not in\n${lines.join('\n')}`);
  };
  return { child, exit: once(child, 'exit'), lines, see };
}

/** Ends what a test left, with all that it started. */
export function endProcesses(): void {
  for (const { pid } of started.splice(0)) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

/** @returns the URL where a service says that it listens */
export async function urlOf({ see }: ServiceProcess, count = 1): Promise<string> {
  return /http:\/\/[\d.]+:\d+/.exec(await see(/listening/, count))?.[0] ?? '';
}

/** Waits until nothing answers there any more. */
export async function awaitSilence(url: string): Promise<void> {
  for (const start = performance.now(); performance.now() - start < 10_000; await setTimeout(50)) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer === undefined) return;
    await answer.text();
  }
  throw new Error(`${url} still answers.`);
}
