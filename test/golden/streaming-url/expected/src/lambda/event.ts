import type { APIGatewayProxyStructuredResultV2, LambdaFunctionURLEvent } from 'aws-lambda';

import type { Request } from './message.ts';

export const payloadVersion = '2.0';

export type LambdaResult = APIGatewayProxyStructuredResultV2 & { readonly body: string };

/**
 * @returns the request that the function URL made this event of
 * @throws TypeError for the event of any other trigger
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function parseEvent(event: unknown): Request {
  if (!isUrlEvent(event)) throw new TypeError('Not an event of a function URL.');
  const { rawPath, rawQueryString, headers, cookies, body = '', isBase64Encoded, requestContext } = event;
  const path = rawPath.replace(/[^!-~]+|[?#]/g, encodeURIComponent);
  return {
    method: requestContext.http.method,
    target: rawQueryString === '' ? path : `${path}?${rawQueryString}`,
    // The cookies may be among the headers as well.
    headers: { ...headers, cookie: cookies?.join('; ') ?? headers['cookie'] },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    remoteAddress: requestContext.http.sourceIp,
  };
}

function isUrlEvent(event: unknown): event is LambdaFunctionURLEvent {
  const { version, requestContext } = (event ?? {}) as Partial<LambdaFunctionURLEvent>;
  // An HTTP API's events differ in nothing but their paths and their host.
  return version === '2.0' && !/\.execute-api\./.test(requestContext?.domainName ?? '');
}
