import type { BuiltInQuestion } from '../answers/question.ts';
import type { Answers } from '../answers/answers.ts';
import type { ReadFlags } from './parse-flags.ts';

/** 0 done · 1 error, nothing written · 2 conflicts or drift · 130 interrupted, nothing written */
export type ExitCode = 0 | 1 | 2 | 130;

/** Everything a command may use of the world around it. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Whether somebody can be asked. */
  readonly isInteractive: boolean;
  readonly cwd: string;
  readonly prompts: Prompts;
}

/** How a command that asks was called, on whichever command line. */
export interface Call {
  readonly readFlags: ReadFlags;
  readonly cwd: string;
  /** Gives nothing where nobody can be asked; called only when something is to be asked. */
  readonly findPrompts: () => Prompts | undefined;
  /** Shows what a question is about. */
  readonly print: (text: string) => void;
}

/** The questions that a person is asked. Each throws {@link Interrupted} on Ctrl-C. */
export interface Prompts {
  readonly question: (question: BuiltInQuestion, soFar: Answers) => Promise<unknown>;
  readonly choice: <T extends string>(text: string, choices: readonly { value: T; label: string }[]) => Promise<T>;
}
