import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';

import type { ClientRequest, Pair } from './request.ts';

/** The events that API Gateway and a function URL make of a request. */
export type EventKind = 'rest' | 'http-1.0' | 'http-2.0' | 'url';

/** Where the API would be found; the stage `$default` is the one that stands in no path. */
export interface Endpoint {
  readonly domainName: string;
  readonly stage: string;
}

type Lists = Readonly<Record<string, string[]>>;

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 * @throws URIError for a path that an HTTP API cannot decode
 */
export function createEvent(kind: EventKind, request: ClientRequest, endpoint: Endpoint): object {
  const create = kind === 'rest' || kind === 'http-1.0' ? createVersion1 : createVersion2;
  return create(kind, request, endpoint);
}

function createVersion1(kind: EventKind, request: ClientRequest, endpoint: Endpoint): object {
  const { path, fullPath, query } = splitTarget(kind, request.target, endpoint);
  const headers = groupValues(forward(request, endpoint), (name) => name.toLowerCase());
  const parameters = query === '' ? null : groupValues(parseQuery(kind, query));
  const resource = kind === 'rest' ? '/{proxy+}' : '$default';
  return {
    ...(kind === 'rest' ? {} : { version: '1.0' }),
    resource,
    path: kind === 'rest' ? path : fullPath,
    httpMethod: request.method,
    headers: mapValues(headers, last),
    multiValueHeaders: headers,
    queryStringParameters: parameters && mapValues(parameters, last),
    multiValueQueryStringParameters: parameters,
    pathParameters: kind === 'rest' ? { proxy: path.slice(1) } : null,
    stageVariables: null,
    requestContext: {
      ...describeCall(endpoint),
      requestTimeEpoch: Date.now(),
      resourcePath: resource,
      path: fullPath,
      httpMethod: request.method,
      protocol: 'HTTP/1.1',
      identity: { sourceIp: request.address, userAgent: findHeader(request, 'user-agent') },
    },
    ...encodeBody(kind, request),
  };
}

function createVersion2(kind: EventKind, request: ClientRequest, endpoint: Endpoint): object {
  const { fullPath, query } = splitTarget(kind, request.target, endpoint);
  const { cookie: cookies = [], ...headers } = groupValues(
    forward(request, endpoint).map(([name, value]): Pair => [name.toLowerCase(), value]),
  );
  const parameters = groupValues(parseQuery(kind, query));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: fullPath,
    rawQueryString: query,
    ...(cookies.length > 0 ? { cookies: cookies.flatMap((line) => line.split(/; */)) } : {}),
    headers: mapValues(headers, join),
    ...(query === '' ? {} : { queryStringParameters: mapValues(parameters, join) }),
    requestContext: {
      ...describeCall(endpoint),
      timeEpoch: Date.now(),
      routeKey: '$default',
      http: {
        method: request.method,
        path: fullPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.address,
        userAgent: findHeader(request, 'user-agent') ?? '',
      },
    },
    ...encodeBody(kind, request),
  };
}

/** HTTP APIs decode the path, and cut it at a question mark that comes out of it; the others leave it alone. */
function splitTarget(kind: EventKind, target: string, { stage }: Endpoint) {
  const mark = target.indexOf('?');
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  const isDecoded = kind === 'http-1.0' || kind === 'http-2.0';
  const path = isDecoded ? decodeURIComponent(rawPath).replace(/\?.*/s, '') : rawPath;
  const fullPath = stage === '$default' ? path : `/${stage}${path}`;
  return { path, fullPath, query: mark < 0 ? '' : target.slice(mark + 1) };
}

/** REST APIs take a semicolon for an ampersand. */
function parseQuery(kind: EventKind, query: string): URLSearchParams {
  return new URLSearchParams(`?${kind === 'rest' ? query.replaceAll(';', '&') : query}`);
}

/** What every front end adds, so that the function can tell the client behind it. */
function forward({ headers, address }: ClientRequest, { domainName }: Endpoint): Pair[] {
  const before = headers
    .filter(([name]) => name.toLowerCase() === 'x-forwarded-for')
    .map(([, value]) => value);
  const others = headers.filter(([name]) => !/^x-forwarded-(for|port|proto)$/i.test(name));
  const hasHost = others.some(([name]) => name.toLowerCase() === 'host');
  return [
    ...(hasHost ? others : [['Host', domainName] as const, ...others]),
    ['X-Forwarded-For', [...before, address].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

/** REST APIs encode all bodies, as the binary media type of our Terraform says; the others all that is no known text. */
function encodeBody(kind: EventKind, { headers, body }: ClientRequest): object {
  const type = findHeader({ headers }, 'content-type') ?? '';
  const hasTextType = /^(text\/|application\/(json|javascript|xml)\b)/i.test(type);
  const isText = kind !== 'rest' && hasTextType && isUtf8(body);
  if (body.length === 0)
    return { ...(kind === 'rest' || kind === 'http-1.0' ? { body: null } : {}), isBase64Encoded: false };
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

function describeCall({ domainName, stage }: Endpoint): object {
  return {
    accountId: '123456789012',
    apiId: domainName.split('.')[0],
    domainName,
    domainPrefix: domainName.split('.')[0],
    requestId: randomUUID(),
    stage,
  };
}

function findHeader({ headers }: Pick<ClientRequest, 'headers'>, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function groupValues(pairs: Iterable<Pair>, keyOf = (name: string) => name): Lists {
  const groups = new Map<string, [name: string, values: string[]]>();
  for (const [name, value] of pairs) {
    const group = groups.get(keyOf(name));
    if (group === undefined) groups.set(keyOf(name), [name, [value]]);
    else group[1].push(value);
  }
  return Object.fromEntries(groups.values());
}

function mapValues(lists: Lists, toValue: (values: readonly string[]) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, toValue(values)]));
}

function last(values: readonly string[]): string {
  return values.at(-1) ?? '';
}

function join(values: readonly string[]): string {
  return values.join(',');
}
