import { existsSync, readFileSync } from 'node:fs';

import type { Answer } from './programs/ask.mts';

/** Of one request: what came back, unless the program died, and what the program printed. */
export interface Got {
  readonly answer: Answer | undefined;
  readonly log: string;
}

/** What a line's project answered, by place. */
export interface Outcome extends SourcesOutcome, ZipOutcome {
  /** What `make bundle` printed, when it failed. */
  readonly refusal?: string;
}

export interface SourcesOutcome {
  readonly server: Got;
  readonly handler: Got;
}

export interface ZipOutcome {
  readonly zip?: Got;
  /** Under the line's layer. */
  readonly layered?: Got;
  /** Under Lambda's own runtime client, where it is installed. */
  readonly runtime?: Got | undefined;
}

/** Reads what a program wrote: its answers by place, none if it died before. */
export function readAnswers(path: string): Readonly<Record<string, Answer>> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, Answer>) : {};
}
