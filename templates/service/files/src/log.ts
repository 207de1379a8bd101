import { inspect } from 'node:util';

import type { Config } from './config.ts';

/** From the most talkative to the quietest: Lambda's own levels, and `silent`. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];
type LogFields = Readonly<Record<string, unknown>>;
type LogMethod = (message: string, fields?: LogFields) => void;

export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  /** @returns a logger that puts these fields on every line */
  readonly with: (fields: LogFields) => Logger;
}

/** @returns a logger whose lines say which service wrote them */
export function createServiceLogger({ logLevel, name, version, stage }: Config): Logger {
  return createLogger(logLevel).with({ service: name, version, stage });
}

/**
 * Logs one JSON object a line, with the keys of Lambda's JSON format, so that Lambda neither wraps a line again nor
 * guesses its level. At a terminal it logs the same for a person to read.
 * @param bound - fields that are on every line
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function createLogger(
  threshold: LogLevel,
  write: (line: string) => void = writeToStdout,
  bound: LogFields = {},
): Logger {
  const at = (level: LogLevel) => (message: string, fields?: LogFields) => {
    if (logLevels.indexOf(level) < logLevels.indexOf(threshold)) return;
    write(`${formatLine(level, message, { ...bound, ...fields })}\n`);
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => createLogger(threshold, write, { ...bound, ...fields }),
  };
}

function formatLine(level: LogLevel, message: string, fields: LogFields): string {
  const head = { timestamp: new Date().toISOString(), level: level.toUpperCase(), message };
  try {
    return JSON.stringify({ ...head, ...fields, ...head }, toLoggable);
  } catch {
    // A field that is circular must not fail the request that logs it.
    return JSON.stringify({ ...head, fields: inspect(fields) });
  }
}

/** JSON has no word for these: an Error becomes `{}` and a bigint throws. */
function toLoggable(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  // Before its own toJSON, which may tell more, such as the headers of a request.
  const error = this[key];
  if (!(error instanceof Error)) return value;
  const { name, message, stack, cause, code, errors }: Error & { code?: unknown; errors?: unknown } = error;
  return { name, message, code, stack, cause, errors };
}

function writeToStdout(line: string): void {
  process.stdout.write(process.stdout.isTTY ? formatForTerminal(line) : line);
}

const ids = ['requestId', 'clientRequestId', 'gatewayRequestId', 'traceId'];

/** Fields to search the logs of many services by; a person at a terminal looks at one. */
const searched = new Set(['service', 'version', 'stage', ...ids]);

/** Turns a line into one for a person at a terminal. */
export function formatForTerminal(line: string): string {
  const { timestamp, level, message, ...all } = JSON.parse(line);
  const stacks = stacksOf(all.error);
  const fields = stacks.length > 0 ? { ...all, error: undefined } : all;
  const time = new Date(timestamp).toTimeString().slice(0, 8);
  const { method, path, status, durationMs } = fields;
  const request = [method, path, status, durationMs, 'ms'];
  const words = message === 'request' ? request : [message, ...wordsOf(fields)];
  const text = [[time, level.padEnd(5), ...words].join(' '), ...stacks].join('\n');
  // A control character from outside could rewrite what is on the screen.
  return `${text.replaceAll(/[^\P{Cc}\n]/gu, '\u{FFFD}')}\n`;
}

function wordsOf(fields: LogFields): string[] {
  const told = Object.entries(fields).filter(([name, value]) => value !== undefined && !searched.has(name));
  return told.map(([name, value]) => `${name}=${inspect(value)}`);
}

/** The stack of an error, then those of its causes. */
function stacksOf(error: unknown): string[] {
  const { stack, cause, errors } = (error ?? {}) as Partial<AggregateError>;
  const others = Array.isArray(errors) ? errors : [];
  return stack === undefined ? [] : [stack, ...[cause, ...others].flatMap(stacksOf)];
}
