import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import express from 'express';

import { contextOf, eventOf } from './doors.ts';
import { echo } from './echo.ts';
import { createHandlers, emitted, gateways } from './gateways.ts';

const sent = {
  method: 'POST',
  target: '/a?b=1',
  headers: [['Host', 'x'] as const],
  body: Buffer.from('{"a":1}'),
  chunked: false,
};

describe('one process', function () {
  this.timeout(60_000);

  it('does not mix 300 invocations at a time', async () => {
    const handlers = createHandlers(async (request, response) => {
      response.setHeader('x-target', String(request.url));
      const chunks = await request.toArray();
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      response.write(Buffer.concat(chunks as Buffer[]));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      response.end(String(request.lambda?.context.awsRequestId));
    });
    const answers = Array.from({ length: 300 }, async (_, at) => {
      const gateway = gateways[at % gateways.length] ?? 'rest';
      const event = eventOf(gateway, { ...sent, target: `/${at}`, body: Buffer.from(`body ${at} `) });
      const result = await handlers[gateway](event, { ...contextOf(5000), awsRequestId: `id ${at}` });
      assert.equal(result.body, `body ${at} id ${at}`);
      const target = result.multiValueHeaders?.['x-target']?.join() ?? result.headers['x-target'];
      assert.equal(target, `/${at}`);
    });
    await Promise.all(answers);
  });

  it('keeps nothing of an invocation', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const handler = emitted.http.createHandler(echo);
    const event = eventOf('http', sent);
    const heapAfter = async (count: number) => {
      for (let at = 0; at < count; at += 1) await handler(event, contextOf(5000));
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = await heapAfter(1000);
    const growth = (await heapAfter(3000)) - before;
    assert.ok(growth < 3000 * 100, `${growth} bytes kept by 3000 invocations`);
  });

  it('leaves the address to Express where it trusts the proxy before it', async () => {
    const app = express().set('trust proxy', true);
    app.use((request, response) => void response.send(`${request.ip} ${request.protocol} ${typeof request.body}`));
    const headers = [['X-Forwarded-For', '198.51.100.7']] as const;
    const event = eventOf('rest', { ...sent, headers });
    const { body } = await emitted.rest.createHandler(app)(event, contextOf(1000));
    assert.equal(body, '198.51.100.7 https undefined');
  });
});
