import type { Router } from 'express';

import type { Config } from '../config.ts';
import { health } from './health.ts';
import { hello } from './hello.ts';
import { messages } from './messages.ts';

/** A route file exports one of these. */
export type Route = (config: Config) => Router;

export const routes: readonly Route[] = [
  // The first one that matches a path and a method answers.
  health,
  hello,
  messages,
];
