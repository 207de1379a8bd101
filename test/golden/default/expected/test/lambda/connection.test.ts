import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';

import { Connection } from '../../src/lambda/connection.ts';
import { withDoors } from './both-doors.ts';

/** What middleware asks of a socket, and what differs by nature left out. */
const describeSocket: RequestListener = ({ socket }, response) => {
  const { remoteAddress, remoteFamily, destroyed, readable, writable, readyState, connecting, pending } =
    socket;
  const numbers = [socket.remotePort, socket.localPort, socket.bytesRead, socket.bytesWritten].map(
    (one) => typeof one,
  );
  const address = Object.keys(socket.address()).toSorted();
  const chained = [
    socket.setTimeout(0),
    socket.setNoDelay(),
    socket.setKeepAlive(),
    socket.resume(),
    socket.ref(),
    socket.unref().ref(),
  ].every((one) => one === socket);
  const state = { destroyed, readable, writable, readyState, connecting, pending };
  response.end(JSON.stringify({ remoteAddress, remoteFamily, state, numbers, address, chained }));
};

function open(remoteAddress = '203.0.113.7'): { connection: Connection; ends: (Error | null)[] } {
  const ends: (Error | null)[] = [];
  const connection = new Connection({ remoteAddress, encrypted: false }, (error) => ends.push(error));
  return { connection, ends };
}

describe('a connection', () => {
  it('looks like a socket of Node', () =>
    withDoors(describeSocket, async ({ local, lambda }) => {
      const expected = await local({ line: 'GET /' });
      for (const send of Object.values(lambda))
        assert.deepEqual((await send({ line: 'GET /' })).body, expected.body);
    }));

  it('knows an IPv6 address and a port without TLS', () => {
    const { connection } = open('2001:db8::7');
    assert.deepEqual([connection.remoteFamily, connection.localPort], ['IPv6', 80]);
  });

  it('ends with its error, and aborts the request', async () => {
    for (const end of [
      (one: Connection) => one.destroy(new Error('gone')),
      (one: Connection) => one.destroySoon(),
    ]) {
      const { connection, ends } = open();
      const aborted: unknown[] = [];
      connection.request = {
        destroy: (error: Error) => aborted.push(error.message),
      } as unknown as IncomingMessage;
      end(connection);
      await once(connection, 'close');
      assert.deepEqual([ends.length, aborted, connection.readyState], [1, ['aborted'], 'closed']);
    }
  });

  it('says when it was idle, and ends unless the response takes that up', async () => {
    const { connection, ends } = open();
    let isTold = false;
    connection.setTimeout(5, () => (isTold = true));
    await once(connection, 'close');
    assert.deepEqual([isTold, ends.length, connection.timeout], [true, 1, 5]);
  });

  it('asks to wait once much was written', async () => {
    const waits: boolean[] = [];
    const pump: RequestListener = async (_request, response) => {
      for (let at = 0; at < 3; at += 1) {
        waits.push(!response.write(Buffer.alloc(200_000)));
        await once(response, 'drain');
      }
      response.end();
    };
    await withDoors(pump, async ({ lambda }) => {
      for (const send of Object.values(lambda))
        assert.equal((await send({ line: 'GET /' })).body.length, 600_000);
    });
    assert.ok(waits.every(Boolean));
  });
});
