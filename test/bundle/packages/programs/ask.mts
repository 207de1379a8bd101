import type { Request } from '../line.ts';

/** Status and body; one character a byte. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

type Handler = (event: object, context: object) => Promise<unknown>;

interface Result {
  readonly statusCode: number;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly cookies?: readonly string[];
}

/** The event that an HTTP API makes of a request. */
export function createEvent(request: Request, cookies?: readonly string[]): object {
  const { method = 'GET', path = '/trial', headers = {}, body } = request;
  const [rawPath, rawQueryString = ''] = path.split('?');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { host: 'api.example.com', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https', ...headers },
    ...(cookies && { cookies }),
    requestContext: {
      accountId: '123456789012',
      apiId: 'api',
      domainName: 'api.example.com',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'one',
      routeKey: '$default',
      stage: '$default',
    },
    ...(body !== undefined && { body: Buffer.from(body, 'latin1').toString('base64') }),
    isBase64Encoded: body !== undefined,
  };
}

/** Calls a handler as Lambda does, which passes JSON on. */
export async function askHandler(handler: Handler, request: Request): Promise<Answer> {
  const deadline = Date.now() + 15_000;
  const context = {
    awsRequestId: '00000000-0000-4000-8000-000000000000',
    functionName: 'test',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:test',
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  const call = async (cookies?: readonly string[]): Promise<Result> =>
    JSON.parse(JSON.stringify(await handler(createEvent(request, cookies), context))) as Result;
  const first = await call();
  return readResult(request.again === undefined ? first : await call(first.cookies?.map(nameAndValue)));
}

export function readResult({ statusCode, body = '', isBase64Encoded = false }: Result): Answer {
  return { status: statusCode, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('latin1') };
}

/** Of a Set-Cookie, what a client sends back. */
export function nameAndValue(cookie: string): string {
  return cookie.split(';')[0] ?? '';
}
