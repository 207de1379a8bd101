import type { Gateway } from '../../test/doors/gateways.ts';
import type { Outcome } from './outcome.ts';

/** What a gateway takes from every application, so that no handler can give it back. */
interface Loss {
  readonly reason: string;
  readonly gateways: readonly Gateway[];
  readonly titles: RegExp;
  /** Of the failure; any where the title tells enough. */
  readonly messages?: RegExp;
}

const all: readonly Gateway[] = ['http', 'rest', 'url'];

const losses: readonly Loss[] = [
  {
    reason: 'the client has no other way to a gateway than TLS',
    gateways: all,
    titles: /\b(href|protocol|secure|proxy|sameSite|GET \/url)\b/i,
    messages: /'https|got 'yes'|should not have Set-Cookie|without attribute Secure|'None' !== 'Lax'/,
  },
  { reason: 'a gateway appends to X-Forwarded-For', gateways: all, titles: /X-Forwarded-For is present/ },
  {
    reason: 'a gateway sends an answer whole, with its length',
    gateways: all,
    titles: /./,
    messages: /"Transfer-Encoding" header|not have header Content-Length|["']chunked["']|'00011'/,
  },
  {
    reason: 'a gateway sends an answer whole, with its length',
    gateways: all,
    titles: /is a Stream|strip content|body - stream$/,
    messages: /true !== false|to be undefined/,
  },
  {
    reason: 'a gateway sends nothing of an answer before its end, nor what is less than an answer',
    gateways: all,
    titles: /flush|back-pressure|request started should terminate|\/(readable|event)-stream|error - stream/,
    // vitest says no more than STACK_TRACE_ERROR of a timeout.
    messages: /Timeout|hang up|aborted|STACK_TRACE_ERROR/,
  },
  { reason: 'a gateway does not tell that its client left', gateways: all, titles: /abort|client disconnect/i },
  { reason: 'Lambda sends at most 6 MB', gateways: all, titles: /GET \/large$/, messages: /expected 500/ },
  {
    reason: 'a gateway reads a request to its end, and refuses a broken one, before it calls the function',
    gateways: all,
    titles:
      /^(on|is)Finished\(.+ when (using keep-alive|(request|response) errors|requests pipelined should handle socket errors)|^(autoCleanupIncoming|lingering close)/,
  },
  { reason: 'no gateway sends a reason phrase', gateways: all, titles: /with custom status/, messages: /unknown|'OK'/ },
  { reason: 'no gateway switches protocols', gateways: all, titles: /status code to 101/ },
  {
    reason: 'an HTTP API decodes the path, and refuses one that it cannot decode',
    gateways: ['http'],
    titles: /malformed|decodeURIComponent|decode correct params|decoding URI|path mismatch/i,
  },
  {
    reason: 'an HTTP API joins repeated headers by a comma',
    gateways: ['http'],
    titles: /array headers/,
    messages: /bar,fizz/,
  },
  {
    reason: 'a REST API takes a semicolon in the query for an ampersand',
    gateways: ['rest'],
    titles: /arbitrary js|`onFound` option/,
  },
  {
    reason: 'a REST API renames Date, Server, Connection and WWW-Authenticate',
    gateways: ['rest'],
    titles: /./,
    messages: /"(Date|Server|Connection|WWW-Authenticate)" header/,
  },
];

/** @returns why no handler can pass this test, or undefined when one could */
export function findReason(gateway: Gateway, { title, message }: Outcome): string | undefined {
  return losses.find(
    ({ gateways, titles, messages }) => gateways.includes(gateway) && titles.test(title) && (messages?.test(message) ?? true),
  )?.reason;
}
