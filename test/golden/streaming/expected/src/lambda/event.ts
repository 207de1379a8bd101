import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

import type { Request } from './message.ts';

export const payloadVersion = '1.0';

export type LambdaResult = APIGatewayProxyResult;

/**
 * @returns the request that a REST API made this event of
 * @throws TypeError for the event of any other trigger
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function parseEvent(event: unknown): Request {
  if (!isRestEvent(event)) throw new TypeError('Not an event of a REST API.');
  const { path, multiValueQueryStringParameters, multiValueHeaders, body, isBase64Encoded } = event;
  return {
    method: event.httpMethod,
    target: path.replace(/[^!-~]+|[?#]/g, encodeURIComponent) + formatQuery(multiValueQueryStringParameters ?? {}),
    headers: multiValueHeaders ?? {},
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
    remoteAddress: event.requestContext.identity.sourceIp,
  };
}

function formatQuery(parameters: Readonly<Record<string, readonly string[] | undefined>>): string {
  const pairs = Object.entries(parameters).flatMap(([name, values = []]) =>
    values.map((value) => `${encodeQuery(name)}=${encodeQuery(value)}`),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** It comes decoded. What a query may hold is left alone, as most clients do. */
function encodeQuery(text: string): string {
  return encodeURI(text).replace(/[&=+#]/g, encodeURIComponent);
}

function isRestEvent(event: unknown): event is APIGatewayProxyEvent {
  const { httpMethod, requestContext, ...rest } = (event ?? {}) as Partial<APIGatewayProxyEvent>;
  // The events of an HTTP API with payload 1.0 say so, and a load balancer's know no identity.
  return httpMethod !== undefined && requestContext?.identity !== undefined && !('version' in rest);
}
