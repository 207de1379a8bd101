import type { Fault } from '../error.ts';
import type { Condition } from './condition.ts';

/** A validated answer: text and choice give a string, yes-no a boolean, list and choices an array. */
export type Answer = string | boolean | readonly string[];

export interface Choice {
  readonly value: string;
  /** What a person reads in the menu. */
  readonly label: string;
  /** Other answers that it does not go with. */
  readonly refused?: readonly Refusal[];
}

/** Why a choice does not go with other answers. */
export interface Refusal {
  readonly when: Condition;
  /** Ends the sentence "--with streaming does not go with --gateway http: ". */
  readonly reason: string;
  /** What to type instead. */
  readonly fix: string;
}

/**
 * How an answer is given.
 * - `text`: free text · `choice`: one of `choices` · `choices`: any of `choices`
 * - `list`: texts separated by commas · `yes-no`
 */
export type QuestionType = 'text' | 'choice' | 'choices' | 'list' | 'yes-no';

/** One thing we ask, for the prompt, the flag, the answers file and the manifest alike. Ours and an overlay's have the same shape. */
export interface Question {
  /** camelCase; the key in files and templates. The flag is its kebab case. */
  readonly id: string;
  /** The words of the prompt and of the flag's help. */
  readonly text: string;
  readonly type: QuestionType;
  /** Answer when nothing is given and nobody is asked. A question without one must be answered. */
  readonly default?: Answer;
  /** For `choice` and `choices`; for `text`, suggestions to search. */
  readonly choices?: readonly Choice[];
  /** Source of a regular expression that the whole of each text must match. */
  readonly pattern?: string;
  /** Longest text in characters. */
  readonly maxLength?: number;
  /** What to type instead, shown with every fault. */
  readonly fix: string;
  /** The question is asked only where this holds; otherwise its default stands. */
  readonly when?: Condition;
}

/** A rule that data cannot state; only our own questions have one. `value` has passed the declared rules. */
export interface BuiltInQuestion extends Question {
  readonly check?: (value: Answer) => Omit<Fault, 'fix'> | undefined;
  /** Something worth saying about an answer that is accepted. */
  readonly warn?: (value: Answer) => string | undefined;
}

/** Gives a question its literal type. */
export function defineQuestion(question: BuiltInQuestion): BuiltInQuestion {
  return question;
}

/** `costCentre` → `cost-centre`: the flag of a question, without the dashes. */
export function flagName(id: string): string {
  return id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
