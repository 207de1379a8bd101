import type { Call, Terminal } from './command.ts';
import { parseFlags } from './parse-flags.ts';

/** The call of a command whose command line was typed at a terminal, or stands in a script. */
export function terminalCall(argv: readonly string[], { cwd, isInteractive, prompts, stdout }: Terminal): Call {
  return {
    readFlags: (flags, onUnknown) => parseFlags(argv, flags, onUnknown),
    cwd,
    findPrompts: () => (isInteractive ? prompts : undefined),
    print: (text) => stdout.write(text),
  };
}
