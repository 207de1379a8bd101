import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import type { Request } from './message.ts';

export const payloadVersion = '2.0';

export type LambdaResult = APIGatewayProxyStructuredResultV2 & { readonly body: string };

/**
 * @returns the request that an HTTP API made this event of
 * @throws TypeError for the event of any other trigger
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function parseEvent(event: unknown): Request {
  if (!isHttpApiEvent(event)) throw new TypeError('Not an event of an HTTP API with payload 2.0.');
  const { rawPath, rawQueryString, headers, cookies, body = '', isBase64Encoded, requestContext } = event;
  // The path comes decoded: what it cannot hold is encoded again.
  const path = encodeURI(rawPath).replace(/[?#]/g, encodeURIComponent);
  return {
    method: requestContext.http.method,
    target: rawQueryString === '' ? path : `${path}?${rawQueryString}`,
    headers: { ...headers, cookie: cookies?.join('; ') },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    remoteAddress: requestContext.http.sourceIp,
  };
}

function isHttpApiEvent(event: unknown): event is APIGatewayProxyEventV2 {
  const { version, requestContext } = (event ?? {}) as Partial<APIGatewayProxyEventV2>;
  // A function URL's events differ in nothing but their paths and their host.
  return version === '2.0' && !/\.lambda-url\./.test(requestContext?.domainName ?? '');
}
