import { PassThrough } from 'node:stream';
import type { Prompts, Terminal } from '../../src/commands/command.ts';

export interface StubTerminal {
  readonly terminal: Terminal;
  /** What was printed so far. */
  readonly printed: () => { readonly stdout: string; readonly stderr: string };
}

/**
 * A terminal that keeps what is printed.
 * @param prompts - who answers; without it nobody can be asked
 */
export function stubTerminal(cwd: string, prompts?: Partial<Prompts>): StubTerminal {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const nobody = (text: unknown): never => {
    throw new Error(`asked: ${JSON.stringify(text)}`);
  };
  return {
    // Of a terminal's stream only what every stream has is used, and its width if it has one.
    terminal: {
      stdout: stdout as unknown as NodeJS.WriteStream,
      stderr: stderr as unknown as NodeJS.WriteStream,
      isInteractive: prompts !== undefined,
      cwd,
      prompts: { question: nobody, choice: nobody, ...prompts },
    },
    printed: () => ({ stdout: textOf(stdout), stderr: textOf(stderr) }),
  };
}

function textOf(stream: PassThrough): string {
  return String(stream.read() ?? '');
}
