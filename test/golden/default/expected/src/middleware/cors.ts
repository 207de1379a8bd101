import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets pages of these origins call the service. The routes still decide which methods they answer.
 * @param origins - as in `https://app.example`; `*` for any; none leaves every answer as it is
 */
export function allowOrigin(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): void {
  // A cache must not give one origin's answer to another one.
  if (origins.length > 0) response.setHeader('Vary', 'Origin');
  const { origin } = headers;
  if (origin === undefined || !(origins.includes(origin) || origins.includes('*'))) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'X-Request-Id');
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return;
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
  response.setHeader('Access-Control-Allow-Headers', headers['access-control-request-headers'] ?? '');
  // Two hours: browsers keep it no longer.
  response.setHeader('Access-Control-Max-Age', '7200');
}
