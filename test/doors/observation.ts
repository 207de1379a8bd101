import type { Got } from './client.ts';

/** An answer, one entry for each thing that can differ. */
export type Observation = Readonly<Record<string, string>>;

/** They are about the connection to the client, which each door has of its own. */
const ignored = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Spreads an answer out: status, each header, and the body, or each part of what the echo listener saw. */
export function observe({ status, headers, body }: Got): Observation {
  const entries: [string, string][] = [['status', String(status)]];
  for (const [name, value] of headers.toSorted(([a], [b]) => a.toLowerCase().localeCompare(b.toLowerCase()))) {
    const key = `answer header ${name.toLowerCase()}`;
    if (ignored.has(name.toLowerCase()) || isNow(name, value)) continue;
    const before = entries.find(([other]) => other === key);
    if (before === undefined) entries.push([key, value]);
    else before[1] += ` | ${value}`;
  }
  const isEcho = headers.some(([name]) => name.toLowerCase() === 'x-echo') && body.length > 0;
  if (isEcho) {
    // Its length is that of what it shows.
    const lengthAt = entries.findIndex(([key]) => key === 'answer header content-length');
    if (lengthAt >= 0) entries.splice(lengthAt, 1);
    entries.push(...spread('request', JSON.parse(body.toString())));
  } else entries.push(['body', body.toString('base64')]);
  return Object.fromEntries(entries);
}

/** Node, and a gateway, adds the time of the answer. */
function isNow(name: string, value: string): boolean {
  return name.toLowerCase() === 'date' && Math.abs(Date.parse(value) - Date.now()) < 60_000;
}

function spread(prefix: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[prefix, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, part]) => spread(`${prefix} ${key}`, part));
}

export interface Difference {
  readonly key: string;
  readonly local: string | undefined;
  readonly lambda: string | undefined;
}

export function compare(local: Observation, lambda: Observation): Difference[] {
  const keys = new Set([...Object.keys(local), ...Object.keys(lambda)]);
  return [...keys].filter((key) => local[key] !== lambda[key]).map((key) => ({ key, local: local[key], lambda: lambda[key] }));
}
