import type { RequestListener } from 'node:http';

import { startServer, stopServer } from '../src/server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown;
}

/** Sends one request to a listener, over a real connection, and takes the whole answer. */
export async function send(listener: RequestListener, path: string, init?: RequestInit): Promise<Answer> {
  const { server, url } = await startServer(listener, { host: '127.0.0.1', port: 0 });
  try {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = text !== '' && (response.headers.get('content-type') ?? '').startsWith('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  } finally {
    await stopServer(server, 0);
  }
}

/** What a client sends as JSON. */
export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}
