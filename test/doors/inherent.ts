import type { Sent } from './client.ts';
import type { Gateway } from './gateways.ts';
import type { Difference, Observation } from './observation.ts';

/** A difference, with all that is needed to tell whether an adapter could avoid it. */
export interface Finding {
  readonly gateway: Gateway;
  readonly sent: Sent;
  readonly difference: Difference;
  readonly local: Observation;
  readonly lambda: Observation;
}

/** What a gateway loses or adds, so that no adapter can give the listener what it gets at the local door. */
interface Loss {
  readonly reason: string;
  readonly gateways: readonly Gateway[];
  readonly keys: RegExp;
  readonly when?: (sent: Sent) => boolean;
  /** What is left of a value: the doors agree when the same is left of both. */
  readonly remainder: (value: string, observation: Observation, key: string) => string;
}

const all: readonly Gateway[] = ['http', 'rest', 'url', 'alb'];
const header = /^request headers /;
const distinct = /^request headersDistinct /;

const losses: readonly Loss[] = [
  {
    reason: 'HTTP APIs decode the path and cut it at a question mark in it',
    gateways: ['http'],
    keys: /^request url$/,
    remainder: onPath((path) => decode(path).split('?', 1).join()),
  },
  {
    reason: 'the query arrives as decoded pairs, grouped by name, in no order',
    gateways: ['rest'],
    keys: /^request url$/,
    remainder: onQuery((query) => groupPairs([...new URLSearchParams(`?${query}`)])),
  },
  {
    reason: 'the query arrives in pairs, grouped by name, in no order',
    gateways: ['alb'],
    keys: /^request url$/,
    remainder: onQuery((query) => groupPairs(splitPairs(query))),
  },
  {
    reason: 'REST APIs take a semicolon in the query for an ampersand',
    gateways: ['rest'],
    keys: /^request url$/,
    when: ({ target }) => target.includes(';'),
    remainder: onQuery((query) => groupPairs([...new URLSearchParams(`?${query.replaceAll(';', '&')}`)])),
  },
  {
    reason: 'repeated headers arrive joined by a comma',
    gateways: ['http', 'url'],
    keys: distinct,
    remainder: (value, _observation, key) => JSON.stringify(splitValues(value, key)),
  },
  {
    reason: 'repeated headers arrive joined by a comma',
    gateways: ['http', 'url'],
    keys: header,
    remainder: (value, observation, key) => JSON.stringify(splitValues(distinctOf(observation, key) ?? value, key)),
  },
  {
    reason: 'a repeated header arrives as one',
    gateways: ['http', 'url'],
    keys: /^request rawNames$/,
    remainder: (value) => JSON.stringify([...new Set(JSON.parse(value) as string[])]),
  },
  {
    reason: 'a chunked body arrives whole, with its length',
    gateways: all,
    keys: /content-length$|rawNames$/,
    when: ({ chunked }) => chunked,
    remainder: (value, _observation, key) =>
      key.endsWith('rawNames') ? JSON.stringify(JSON.parse(value).filter((name: string) => name !== 'content-length')) : '',
  },
];

const answerLosses: readonly Loss[] = [
  {
    reason: 'repeated headers of an answer are joined by a comma',
    gateways: ['http', 'url'],
    keys: /^answer header (?!set-cookie)/,
    remainder: (value) => value.split(/ \| |, /).join(),
  },
  {
    reason: 'a streamed answer arrives whole, with its length',
    gateways: all,
    keys: /^answer header content-length$/,
    when: () => true,
    remainder: (value, observation) => value || String(Buffer.from(observation['body'] ?? '', 'base64').length),
  },
  {
    reason: 'no gateway sends trailers',
    gateways: all,
    keys: /^answer header trailer$/,
    when: () => true,
    remainder: () => '',
  },
  {
    reason: 'REST APIs rename Date, Server, Connection and WWW-Authenticate',
    gateways: ['rest'],
    keys: /^answer header (x-amzn-remapped-)?(date|www-authenticate)$/,
    when: () => true,
    remainder: (_value, observation, key) => {
      const name = key.replace('x-amzn-remapped-', '').replace('answer header ', '');
      return observation[`answer header ${name}`] ?? observation[`answer header x-amzn-remapped-${name}`] ?? '';
    },
  },
];

/** @returns why no adapter can avoid this difference, or undefined when one could */
export function findReason({ gateway, sent, difference, local, lambda }: Finding): string | undefined {
  const { key } = difference;
  const isMissing = difference.local === undefined || difference.lambda === undefined;
  const matching = [...losses, ...answerLosses]
    .filter(({ gateways, keys }) => gateways.includes(gateway) && keys.test(key))
    .filter(({ when }) => when?.(sent) ?? !isMissing);
  // Path and query are lost apart from each other, and stand in one URL.
  const together = (value: string, observation: Observation) =>
    matching.reduce((left, { remainder }) => remainder(left, observation, key), value);
  const isLost = (lose: (value: string, observation: Observation) => string) =>
    lose(difference.local ?? '', local) === lose(difference.lambda ?? '', lambda);
  const single = matching.find(({ remainder }) => isLost((value, observation) => remainder(value, observation, key)));
  if (single !== undefined) return single.reason;
  return key === 'request url' && isLost(together) ? matching.map(({ reason }) => reason).join('; ') : undefined;
}

function onPath(change: (path: string) => string): Loss['remainder'] {
  return (value) => {
    const url = JSON.parse(value) as string;
    const mark = url.indexOf('?');
    return JSON.stringify(mark < 0 ? change(url) : change(url.slice(0, mark)) + url.slice(mark));
  };
}

function onQuery(change: (query: string) => string): Loss['remainder'] {
  return (value) => {
    const url = JSON.parse(value) as string;
    const mark = url.indexOf('?');
    return JSON.stringify(mark < 0 ? url : `${url.slice(0, mark)}?${change(url.slice(mark + 1))}`);
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Undecoded; what holds nothing is no pair, and a name alone has an empty value. */
function splitPairs(query: string): [string, string][] {
  const parts = query.split('&').filter((part) => part !== '');
  return parts.map((part) => [part.split('=', 1).join(), part.split('=').slice(1).join('=')]);
}

function groupPairs(pairs: readonly (readonly [string, string])[]): string {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return JSON.stringify([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function distinctOf(observation: Observation, key: string): string | undefined {
  return observation[key.replace('headers', 'headersDistinct')];
}

function splitValues(distinctValues: string, key: string): string[] {
  const separator = key.endsWith(' cookie') ? /; */ : /, */;
  return (JSON.parse(distinctValues) as string[]).flatMap((value) => value.split(separator));
}
