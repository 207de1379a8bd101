import type { ServerResponse } from 'node:http';

/**
 * What a JSON API tells browsers. A route that serves pages, or whose answers may be cached, sets its own values.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers
 */
const securityHeaders = new Map([
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=63072000'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
]);

export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeaders(securityHeaders);
}
