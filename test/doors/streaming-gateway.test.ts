import assert from 'node:assert/strict';

import { type Running, startGateway } from './gateway-process.ts';
import { streaming, streamingGateways } from './streaming.ts';

/** A function in place of the app, which writes as its path says. */
const source = `
  const { setTimeout: wait } = require('node:timers/promises');
  const begin = (stream, head) => awslambda.HttpResponseStream.from(stream, head);
  const answers = {
    '/slow': async (stream) => {
      begin(stream, { statusCode: 201, headers: { 'x-a': '1' } });
      for (const id of [1, 2, 3]) { await wait(id === 1 ? 0 : 150); stream.write(String(id)); }
      stream.end();
    },
    '/idle': (stream) => new Promise((resolve) => {
      stream.once('close', () => { console.log('left'); resolve(); });
      begin(stream, { statusCode: 200 }).write('first');
    }),
    '/cut': async (stream) => {
      begin(stream, { statusCode: 200 }).write('part');
      throw new Error('torn');
    },
    '/large': async (stream) => {
      begin(stream, { statusCode: 200 });
      for (let at = 0; at < 20; at += 1) stream.write(Buffer.alloc(1048576, 'x')) || await new Promise((go) => stream.once('drain', go));
      stream.end();
    },
    '/nothing': async (stream) => stream.end(),
    '/fail': async () => { throw new Error('boom'); },
  };
  module.exports.handler = awslambda.streamifyResponse((event, stream) => answers[event.rawPath ?? event.path](stream));
`;

for (const gateway of streamingGateways)
  describe(`make gateway with ${gateway}, streaming`, function () {
    this.timeout(20_000);
    let running: Running;
    before(async () => {
      running = await startGateway(streaming[gateway].folder, source);
    });
    after(() => running.process.kill());
    const ask = (path: string, init: RequestInit = {}) => fetch(`${running.url}${path}`, init);
    const seeLine = async (line: RegExp): Promise<void> => {
      while (!running.lines.some((printed) => line.test(printed))) await new Promise((resolve) => setTimeout(resolve, 5));
    };

    it('sends on what the function writes when it writes it', async () => {
      const start = performance.now();
      const { status, headers, body } = await ask('/slow');
      const pieces: [text: string, ms: number][] = [];
      for await (const piece of body ?? []) pieces.push([Buffer.from(piece).toString(), performance.now() - start]);
      assert.deepEqual([status, headers.get('x-a'), pieces.map(([text]) => text)], [201, '1', ['1', '2', '3']]);
      const [first = 0, , third = 0] = pieces.map(([, ms]) => ms);
      assert.ok(third - first >= 250, `${first} ${third}`);
    });

    it('sends more than 6 MB', async () => {
      const answer = await ask('/large');
      assert.equal((await answer.arrayBuffer()).byteLength, 20 * 1024 * 1024);
    });

    it('closes the stream of the function when the client leaves', async () => {
      const controller = new AbortController();
      const { body } = await ask('/idle', { signal: controller.signal });
      await body?.getReader().read();
      controller.abort();
      await seeLine(/^left$/);
      await seeLine(/^GET \/idle 200 .* ms cut off: /);
    });

    it('breaks the connection when the function fails behind its head', async () => {
      const { status, body } = await ask('/cut');
      const reader = body?.getReader();
      assert.deepEqual([status, Buffer.from((await reader?.read())?.value ?? []).toString()], [200, 'part']);
      await assert.rejects(async () => reader?.read());
      await seeLine(/^GET \/cut 200 .* ms cut off: torn$/);
    });

    const broken = gateway === 'rest' ? 502 : 500;
    const faults: [title: string, path: string, init: RequestInit, status: number][] = [
      ['a function that fails', '/fail', {}, broken],
      ['a function that sends no head', '/nothing', {}, broken],
      ['an event over 6 MB', '/slow', { method: 'POST', body: 'x'.repeat(7_000_000) }, 413],
      ['headers over 10 kB', '/slow', { headers: { 'x-long': 'x'.repeat(11_000) } }, 431],
    ];
    for (const [title, path, init, status] of faults)
      it(`answers ${status} to ${title}`, async () => assert.equal((await ask(path, init)).status, status));
  });
