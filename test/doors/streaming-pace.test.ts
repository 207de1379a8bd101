import assert from 'node:assert/strict';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { contextOf, eventOf } from './doors.ts';
import type { Listener } from './gateways.ts';
import { sent } from './streaming-ask.ts';
import { streaming, streamingGateways, TestStream } from './streaming.ts';

const events = 5;
const everyMs = 60;

/** When each event was written, in milliseconds since the start of the process. */
type Times = number[];

function listenTo(written: Times): Listener {
  return async (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let id = 1; id <= events; id += 1) {
      if (id > 1) await wait(everyMs);
      written.push(performance.now());
      response.write(`data: ${id}\n\n`);
    }
    response.end();
  };
}

async function askLocally(listener: Listener, see: (piece: Buffer) => void): Promise<void> {
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    send({ port, host: '127.0.0.1', agent: false }, (response) => response.on('data', see).on('end', resolve)).end();
  });
  server.close();
}

describe('the pace of a stream', () => {
  const doors: Record<string, typeof askLocally> = { 'the local door': askLocally };
  for (const gateway of streamingGateways)
    doors[`the Lambda door behind ${gateway}`] = (listener, see) => {
      const stream = new TestStream();
      stream.take = see;
      return streaming[gateway].createHandler(listener)(eventOf(gateway, sent), stream, contextOf(5000));
    };

  for (const [door, ask] of Object.entries(doors))
    it(`is that of the app at ${door}: each event is out before the next is written`, async () => {
      const written: Times = [];
      const seen: Times = [];
      await ask(listenTo(written), (piece) => void (piece.includes('data: ') && seen.push(performance.now())));
      assert.equal(seen.length, events);
      const delays = seen.map((at, index) => at - (written[index] ?? 0));
      console.log(
        `      events ${everyMs} ms apart were out ${delays.map((delay) => delay.toFixed(1)).join(', ')} ms after they were written`,
      );
      for (const [index, at] of seen.slice(0, -1).entries()) assert.ok(at < (written[index + 1] ?? 0), delays.join());
    });
});
