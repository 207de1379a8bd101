import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';

import { startServer, stopServer } from '../src/server.ts';

const anywhere = { host: '127.0.0.1', port: 0 };
const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

/** Opens a keep-alive connection with one request that the server has begun to answer. */
async function openRequest(server: Server, url: string): Promise<{ received: Promise<string> }> {
  const arrived = once(server, 'request');
  const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(request));
  await arrived;
  return { received: text(socket).catch((error: Error) => error.message) };
}

describe('server', () => {
  it('gives the URL to call', async () => {
    const { server, url } = await startServer((_, res) => res.end('hi'), anywhere);
    assert.equal(await (await fetch(url)).text(), 'hi');
    await stopServer(server, 0);
  });

  it('puts an IPv6 address in brackets', async function () {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    if (!addresses.some(({ address }) => address === '::1')) this.skip();
    const { server, url } = await startServer(() => {}, { host: '::1', port: 0 });
    assert.match(url, /^http:\/\/\[::1\]:\d+$/);
    await stopServer(server, 0);
  });

  it('says which variable to set when the port is taken', async () => {
    const { server, url } = await startServer(() => {}, anywhere);
    const { host, port } = new URL(url);
    const message = `${host} is taken: stop what listens there, or set PORT to another one.`;
    await assert.rejects(
      startServer(() => {}, { ...anywhere, port: Number(port) }),
      { name: 'ConfigError', message },
    );
    await stopServer(server, 0);
  });

  it('says which variable to set when the host is not ours', async () => {
    await assert.rejects(
      startServer(() => {}, { host: '192.0.2.1', port: 0 }),
      { name: 'ConfigError', message: /^192\.0\.2\.1:0 is not an address of this machine: set HOST / },
    );
  });

  it('lets an open request end before it stops', async () => {
    const { server, url } = await startServer((_, res) => setTimeout(() => res.end('done'), 80), anywhere);
    const { received } = await openRequest(server, url);
    await stopServer(server, 5000);
    assert.match(await received, /done$/);
  });

  it('cuts a request that outlives the limit', async () => {
    const { server, url } = await startServer(() => {}, anywhere);
    const { received } = await openRequest(server, url);
    await stopServer(server, 50);
    assert.doesNotMatch(await received, /HTTP/);
  });
});
