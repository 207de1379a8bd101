import type { ServerResponse } from 'node:http';

/** All headers of an answer, by lower-case name, each value on its own. */
export type HeaderLists = Readonly<Record<string, string[]>>;

/** They are about the connection that ends at the front end. */
const connectionHeaders = new Set(['connection', 'keep-alive', 'trailer', 'transfer-encoding', 'upgrade']);

/** Reads a head as a client does. */
export function parseHead(head: string): HeaderLists {
  const lists = new Map<string, string[]>();
  for (const line of head.trimEnd().split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (connectionHeaders.has(name)) continue;
    lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  return Object.fromEntries(lists);
}

/** Whether `getHeaders()` tells the same as the head: not when writeHead alone was given headers, or node changes them. */
export function isToldByHeaders(response: ServerResponse, head: string): boolean {
  const names = response.getHeaderNames();
  if (names.length === 0 || /[\u0080-\uffff]/.test(head)) return false;
  return names.every((name) => {
    if (name === 'cookie' || connectionHeaders.has(name)) return false;
    const value = response.getHeader(name);
    return Array.isArray(value) ? value.length > 0 : value !== null && name !== 'set-cookie';
  });
}
