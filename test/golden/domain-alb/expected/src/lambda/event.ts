import { isUtf8 } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import { isIP } from 'node:net';

import type { ALBEvent, ALBResult } from 'aws-lambda';

import type { Answer, Request } from './message.ts';

export interface BalancedRequest extends Request {
  /** Whether the client spoke TLS to the load balancer, which may listen without. */
  readonly encrypted: boolean;
}

type Lists = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * @returns the request that a load balancer made this event of; its own health checks come from no address
 * @throws TypeError for the event of any other trigger, and of a target group without multi-value headers
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function parseEvent(event: unknown): BalancedRequest {
  if (!isBalancedEvent(event)) throw new TypeError('Not an event of a load balancer with multi-value headers.');
  const { httpMethod, path, multiValueQueryStringParameters, multiValueHeaders, body, isBase64Encoded } = event;
  return {
    method: httpMethod,
    target: path.replace(/[^!-~]+|[?#]/g, encodeURIComponent) + formatQuery(multiValueQueryStringParameters ?? {}),
    headers: multiValueHeaders,
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
    remoteAddress: findAddress(multiValueHeaders['x-forwarded-for']),
    encrypted: multiValueHeaders['x-forwarded-proto']?.at(-1) !== 'http',
  };
}

/** As pairs, grouped by name, and as they were sent: a load balancer decodes neither path nor query. */
function formatQuery(parameters: Lists): string {
  const pairs = Object.entries(parameters).flatMap(([name, values = []]) => values.map((value) => `${name}=${value}`));
  return pairs.length === 0 ? '' : `?${pairs.join('&').replace(/[^!-~]+|#/g, encodeURIComponent)}`;
}

/** The load balancer adds the last one; those before it are what the client claims. It may be told to add the port as well. */
function findAddress(forwardedFor: readonly string[] | undefined): string {
  const [last = ''] = forwardedFor?.at(-1)?.split(',').slice(-1) ?? [];
  const address = last.trim();
  return isIP(address) === 0 ? address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1') : address;
}

/** Makes of an answer what the load balancer takes: with multi-value headers it reads no others. */
export function formatResult({ status, headers, body }: Answer): ALBResult {
  // Text stays readable in consoles and logs, unless it is long and its escapes make it longer than base64.
  const isText =
    isUtf8(body) && Buffer.byteLength(JSON.stringify(body.toString())) <= Math.max(4096, (body.length * 4) / 3);
  const lists = Object.entries(headers).map(([name, values = []]) => [name, [values].flat().map(String)] as const);
  return {
    statusCode: status,
    statusDescription: `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd(),
    multiValueHeaders: Object.fromEntries(lists),
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}

function isBalancedEvent(event: unknown): event is ALBEvent & { readonly multiValueHeaders: Lists } {
  const { requestContext, multiValueHeaders } = (event ?? {}) as Partial<ALBEvent>;
  return requestContext?.elb !== undefined && multiValueHeaders instanceof Object;
}
