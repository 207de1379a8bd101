import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** A program in a terminal, as a person sees and drives it. */
export interface Terminal {
  /** Presses keys by tmux's names (`Enter`, `Down`, `C-c`); anything else is typed. */
  readonly press: (...keys: string[]) => void;
  /** Waits until the screen shows it, and gives the screen. */
  readonly see: (pattern: RegExp) => Promise<string>;
  /** Whether anything on the screen is coloured. */
  readonly isColoured: () => boolean;
  readonly close: () => void;
}

const isInstalled = spawnSync('tmux', ['-V']).status === 0;

/** `describe` for tests that need tmux. Where it is not installed they are skipped, which must not go unnoticed in CI. */
export const describeTerminal = isInstalled || process.env['CI'] === 'true' ? describe : describe.skip;

interface Options {
  readonly env?: NodeJS.ProcessEnv;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * Runs a shell command in a terminal of its own; when it ends, the screen shows `exit` and its code.
 * @param folder - where it runs; its parent gets tmux's socket
 */
export function openTerminal(
  command: string,
  folder: string,
  { env = process.env, columns = 100, rows = 40 }: Options = {},
): Terminal {
  const socket = join(folder, '..', 'tmux');
  const tmux = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), '-c', folder, `${command}; echo "exit $?"; exec cat`);
  return {
    press: (...keys) => {
      tmux('send-keys', ...keys);
    },
    see: async (pattern) => {
      let screen = '';
      for (const start = performance.now(); performance.now() - start < 15_000; await setTimeout(50)) {
        screen = tmux('capture-pane', '-p');
        if (pattern.test(screen)) return screen;
      }
      throw new Error(`The screen never showed ${String(pattern)} but:\n${screen}`);
    },
    // oxlint-disable-next-line no-control-regex
    isColoured: () => /\u001B\[[0-9;]*m/.test(tmux('capture-pane', '-p', '-e')),
    close: () => {
      tmux('kill-server');
    },
  };
}
