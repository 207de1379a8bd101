import type { Tree } from '../../temp-folder.ts';

/** Answered alike by the server, by the handler and by the zip alone. */
export interface Line {
  /** What it is about, for the title of the test; another one for each line. */
  readonly name: string;
  /** What the project depends on beside what is emitted; package.json in this folder has their versions. */
  readonly packages: readonly string[];
  readonly framework?: 'koa' | 'express';
  /** `src/routes/trial.ts`: it exports `answer()`, whose result is sent, or `route()`, a router of the framework. */
  readonly code: string;
  /** Other files of the project, by path; they replace what is emitted. */
  readonly files?: Tree;
  /** Pieces of the templates' slots, such as `app-middleware`. */
  readonly slots?: Readonly<Record<string, string>>;
  /** What the owner added to package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** A program of an installed package that runs in the project first, such as a generator of code. */
  readonly prepare?: readonly [script: string, ...args: string[]];
  readonly request?: Request;
  readonly answer: Expected;
  readonly layer?: Layer;
  /** Ask the zip under Lambda's own runtime client as well, where it is installed. */
  readonly runtime?: 'asked';
}

export interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sent again with the cookies of the answer, whose answer then counts. */
  readonly again?: true;
}

/** A Lambda layer with packages of its own; its program is loaded before the handler. */
export interface Layer {
  readonly packages: readonly string[];
  readonly program: string;
  /** What the zip answers beneath it. */
  readonly answer: Expected;
}

/** A text is the whole body, a pattern matches it, and anything else is its JSON. */
export type Expected = string | RegExp | Readonly<Record<string, unknown>>;
