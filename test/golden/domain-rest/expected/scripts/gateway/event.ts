import { randomUUID } from 'node:crypto';

import type { APIGatewayProxyResult } from 'aws-lambda';

import type { ClientRequest, Reply } from '../gateway.ts';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const limits = { timeoutMs: 29_000, bodyBytes: 10 * 1024 * 1024, headerBytes: 10_240 };

const domainName = 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com';

type Pair = readonly [name: string, value: string];
type Lists = Readonly<Record<string, string[]>>;

/**
 * Makes of a request what a REST API gives to the function.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function createEvent(request: ClientRequest): object {
  const { method, target, address, body } = request;
  const [path = '', ...rest] = target.split('?');
  // The API takes a semicolon for an ampersand.
  const query = rest.join('?').replaceAll(';', '&');
  const headers = groupValues(listHeaders(request), (name) => name.toLowerCase());
  const parameters = query === '' ? null : groupValues(new URLSearchParams(`?${query}`));
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: takeLast(headers),
    multiValueHeaders: headers,
    queryStringParameters: parameters && takeLast(parameters),
    multiValueQueryStringParameters: parameters,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      domainName,
      httpMethod: method,
      identity: { sourceIp: address },
      path: `/orders-dev${path}`,
      protocol: 'HTTP/1.1',
      requestId: randomUUID(),
      requestTimeEpoch: Date.now(),
      resourcePath: '/{proxy+}',
      stage: 'orders-dev',
    },
    // Encoded whatever it is, as the API's binary media type says.
    body: body.length === 0 ? null : body.toString('base64'),
    isBase64Encoded: body.length > 0,
  };
}

/** Without those that end at the gateway, and with those that it adds. */
function listHeaders({ headers, body, address }: ClientRequest): Pair[] {
  const isOwn = /^(connection|expect|keep-alive|te|transfer-encoding|upgrade|x-forwarded-(for|port|proto))$/i;
  const valuesOf = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return [
    ...(valuesOf('host').length > 0 ? [] : [['Host', domainName] as const]),
    ...headers.filter(([name]) => !isOwn.test(name)),
    ...(valuesOf('transfer-encoding').length > 0 ? [['Content-Length', String(body.length)] as const] : []),
    ['X-Forwarded-For', [...valuesOf('x-forwarded-for'), address].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
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

function takeLast(lists: Lists): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']));
}

/** Makes of the function's result what the client gets. */
export function formatReply(result: unknown): Reply {
  const {
    statusCode,
    headers = {},
    multiValueHeaders = {},
    body,
    isBase64Encoded,
  } = (result ?? {}) as Partial<APIGatewayProxyResult>;
  if (statusCode === undefined) return formatReply({ statusCode: 502, body: '{"message":"Internal server error"}' });
  // A list stands for what the other object says under its name.
  const pairs = Object.entries({ ...headers, ...multiValueHeaders }).flatMap(([name, values]) =>
    [values].flat().map((value) => [rename(name), String(value)] as const),
  );
  return {
    status: statusCode,
    headers: pairs,
    body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8'),
  };
}

/**
 * The API keeps these names for itself.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
function rename(name: string): string {
  return /^(connection|date|server|www-authenticate)$/i.test(name) ? `x-amzn-remapped-${name}` : name;
}
