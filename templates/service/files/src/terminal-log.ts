import { inspect, styleText } from 'node:util';

type Fields = Readonly<Record<string, unknown>>;

const colours = new Map<unknown, 'yellow' | 'red'>([
  ['WARN', 'yellow'],
  ['ERROR', 'red'],
]);

const ids = ['requestId', 'clientRequestId', 'gatewayRequestId', 'traceId'];
const searched = new Set(['service', 'version', 'stage', ...ids]);

/** Turns a JSON log line into one for a person at a terminal, who does not search by service or id. */
export function formatForTerminal(line: string): string {
  const { timestamp, level, message, error, ...fields }: Fields = JSON.parse(line);
  const time = new Date(String(timestamp)).toTimeString().slice(0, 8);
  const text = message === 'request' ? formatRequest(fields) : [message, ...formatFields(fields)].join(' ');
  // A control character from outside could rewrite what is on the screen.
  const shown = [text, ...stacksOf(error)].join('\n').replaceAll(/[^\P{Cc}\n]/gu, '\u{FFFD}');
  return `${time} ${styleText(colours.get(level) ?? [], String(level).padEnd(5))} ${shown}\n`;
}

function formatRequest({ method, path, status, durationMs }: Fields): string {
  return [method, path, status, durationMs, 'ms'].join(' ');
}

function formatFields(fields: Fields): string[] {
  const told = Object.entries(fields).filter(([name]) => !searched.has(name));
  return told.map(([name, value]) => `${name}=${inspect(value, { breakLength: Infinity })}`);
}

/** The stack of an error, then those of its causes. */
function stacksOf(error: unknown): string[] {
  const { stack, cause, errors = [] } = (error ?? {}) as Partial<AggregateError>;
  return stack === undefined ? [] : [stack, ...[cause, ...(errors as unknown[])].flatMap(stacksOf)];
}
