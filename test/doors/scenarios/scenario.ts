import type { IncomingMessage, ServerResponse } from 'node:http';

/** One way to answer. What it notes in the trace is compared as well, after the answer. */
export type Scenario = (request: IncomingMessage, response: ServerResponse, trace: (text: string) => void) => unknown;

export type Scenarios = Readonly<Record<string, Scenario>>;
