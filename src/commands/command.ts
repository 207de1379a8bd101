import type { BuiltInQuestion } from '../answers/question.ts';
import type { Answers } from '../answers/answers.ts';

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

/** The questions that a person is asked. Each throws {@link Interrupted} on Ctrl-C. */
export interface Prompts {
  readonly question: (question: BuiltInQuestion, soFar: Answers) => Promise<unknown>;
  readonly choice: <T extends string>(text: string, choices: readonly { value: T; label: string }[]) => Promise<T>;
}
