import { isUtf8 } from 'node:buffer';

import type { FrontEnd } from './event.ts';

/** What serverless-http makes of a response, but for the body, which it would take for UTF-8. */
export interface Answer {
  readonly statusCode: number;
  /** A header with a list of values stands here as well, joined by commas; cookies do not. */
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders: Readonly<Record<string, string[]>>;
  readonly body: Buffer;
}

/** What a front end makes an HTTP response of. */
export interface LambdaResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
  readonly cookies?: string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Text stays readable in consoles and logs, and takes a quarter less of the size limit than base64. */
function encodingOf(body: Buffer): 'utf8' | 'base64' {
  return isUtf8(body) ? 'utf8' : 'base64';
}

/** Turns an answer into the result of which this front end makes the same answer again. */
export function formatResult(
  frontEnd: FrontEnd,
  answer: Answer,
  encoding = encodingOf(answer.body),
): LambdaResult {
  const { statusCode, headers, multiValueHeaders } = answer;
  const cookies = multiValueHeaders['set-cookie'] ?? [];
  const body = answer.body.toString(encoding);
  const isBase64Encoded = encoding === 'base64';
  if (frontEnd === 'http-2.0' || frontEnd === 'url')
    return { statusCode, headers, cookies, body, isBase64Encoded };
  if (frontEnd !== 'alb') return { statusCode, multiValueHeaders: listValues(answer), body, isBase64Encoded };
  // Unless its target group is set to multi-value headers, a load balancer takes one cookie.
  const cookie = cookies.at(-1);
  const single = cookie === undefined ? headers : { ...headers, 'set-cookie': cookie };
  return { statusCode, headers: single, body, isBase64Encoded };
}

function listValues({ headers, multiValueHeaders }: Answer): Record<string, string[]> {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { ...lists, ...multiValueHeaders };
}
