import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { type Config, ConfigError } from './config.ts';
import type { Logger } from './log.ts';

/** One Ctrl+C arrives several times: from the terminal, and from `node --watch`, which passes it on. */
const sameSignalMs = 500;

/** Connections without a request so far, which browsers open ahead of one; to node, these are not idle. */
const silent = new WeakMap<Server, Set<Socket>>();

/**
 * @returns a server that listens at the configured address, and the URL to call it by
 * @throws {@link ConfigError} when that address cannot be had
 */
export async function startServer(
  listener: RequestListener,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  // A load balancer reuses a connection for 60 seconds; one that closes first makes it answer 502.
  server.keepAliveTimeout = 65_000;
  const sockets = new Set<Socket>();
  silent.set(server, sockets);
  server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.on('request', ({ socket }) => sockets.delete(socket));
  server.listen(port, host);
  const at = host.includes(':') ? `[${host}]` : host;
  await once(server, 'listening').catch((error: Error) => {
    throw new ConfigError(`${error.message}. Set HOST or PORT to another one.`, { cause: error });
  });
  // A listening TCP server has an address with a port; the other shapes are for pipes and closed ones.
  return { server, url: `http://${at}:${(server.address() as AddressInfo).port}` };
}

/** Takes no more connections, lets open requests end within `limitMs`, then cuts them. */
export async function stopServer(server: Server, limitMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of silent.get(server) ?? []) socket.destroy();
  // A connection whose request ends later would stay open for the client's next one.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}

/** @returns a function that lets open requests end, then exits, whatever else is open; called again, it exits at once */
export function createStopper(server: Server, drainMs: number, log: Logger): (reason: string) => void {
  let stoppedAt: number | undefined;
  return function stop(reason) {
    if (stoppedAt === undefined) {
      stoppedAt = performance.now();
      log.info(`stopping on ${reason}`);
      void stopServer(server, drainMs).then(() => process.exit());
    } else if (performance.now() - stoppedAt > sameSignalMs) process.exit(1);
  };
}
