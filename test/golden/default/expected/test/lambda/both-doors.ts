import { createServer, request as send, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type FrontEnd, frontEnds } from '../../scripts/gateway/front-end.ts';
import { createGateway } from '../../scripts/gateway/server.ts';
import { createHandler } from '../../src/lambda/handler.ts';

export interface Sent {
  /** Method and target, such as `GET /healthz`. */
  readonly line: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Buffer;
}

/** All that the client sees, less what each door says of its own connection and clock. */
export interface Got {
  readonly status: number | undefined;
  readonly headers: readonly string[];
  readonly body: string;
}

export interface Doors {
  readonly local: (sent: Sent) => Promise<Got>;
  /** By the name of the gateway. */
  readonly lambda: Readonly<Record<string, (sent: Sent) => Promise<Got>>>;
  readonly close: () => void;
}

/** Serves a listener as on this machine, and as on Lambda behind each gateway. */
export async function openDoors(listener: RequestListener): Promise<Doors> {
  const handler = createHandler(listener);
  const gateways = Object.entries<FrontEnd>(frontEnds).map(
    ([name, frontEnd]) => [name, createGateway(handler, { frontEnd })] as const,
  );
  const local = createServer(listener);
  const servers = [local, ...gateways.map(([, gateway]) => gateway)];
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sendTo = (server: typeof local) => (sent: Sent) =>
    exchange((server.address() as AddressInfo).port, sent);
  return {
    local: sendTo(local),
    lambda: Object.fromEntries(gateways.map(([name, gateway]) => [name, sendTo(gateway)])),
    close: () => servers.forEach((server) => server.close().closeAllConnections()),
  };
}

/** Opens doors for as long as a test needs them. */
export async function withDoors(
  listener: RequestListener,
  act: (doors: Doors) => Promise<void>,
): Promise<void> {
  const doors = await openDoors(listener);
  try {
    await act(doors);
  } finally {
    doors.close();
  }
}

const ofTheDoor = /^(connection|content-length|date|keep-alive|transfer-encoding)$/i;

function exchange(port: number, { line, headers = [], body = '' }: Sent): Promise<Got> {
  const [method, path] = line.split(' ');
  const all = [
    'Host',
    'api.example.com',
    'Content-Length',
    String(Buffer.byteLength(body)),
    ...headers.flat(),
  ];
  return new Promise((resolve, reject) => {
    const message = send(
      { host: '127.0.0.1', port, agent: false, method, path, headers: all },
      async (response) => {
        const bytes = Buffer.concat(await response.toArray());
        const lines = response.rawHeaders.flatMap((name, at, raw) =>
          at % 2 === 0 && !ofTheDoor.test(name) ? [`${name.toLowerCase()}: ${raw[at + 1]}`] : [],
        );
        resolve({ status: response.statusCode, headers: lines.toSorted(), body: bytes.toString('latin1') });
      },
    );
    message.on('error', reject).end(body);
  });
}
