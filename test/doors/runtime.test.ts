import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import type { RuntimeApi } from './runtime-api.ts';
import { needClient, type Runtime, startRuntime } from './runtime-process.ts';

const recorded = JSON.parse(readFileSync(new URL('fixtures/http.json', import.meta.url), 'utf8'));

/** A listener with the ways to end badly. */
const source = `
  import { createHandler } from './lambda/handler.ts';
  let count = 0;
  const listener = (request, response) => {
    count += 1;
    if (request.url === '/throw') throw new Error('thrown by the listener');
    if (request.url === '/never') return;
    if (request.url === '/cut') return void response.destroy(new Error('cut'));
    response.setHeader('x-count', count).end(Buffer.from([0, 255, 128]));
  };
  export const handler = createHandler(listener, { error: () => {} });
`;

describe('the bundle under the runtime client of Lambda', function () {
  this.timeout(30_000);
  let runtime: Runtime;

  before(async function () {
    needClient(this);
    const manifest = { dependencies: { 'serverless-http': '4.0.0' } };
    runtime = await startRuntime({ manifest, files: { 'src/lambda.ts': source } });
  });

  after(() => runtime?.close());

  function ask(path: string, limitMs?: number): ReturnType<RuntimeApi['invoke']> {
    return runtime.api.invoke({ ...recorded, rawPath: path, rawQueryString: '' }, limitMs);
  }

  it('answers one invocation after the other in one process', async () => {
    for (const count of ['1', '2', '3']) {
      const { path, body } = await ask('/');
      assert.match(path, /\/response$/);
      const { headers, isBase64Encoded, ...result } = JSON.parse(body);
      assert.deepEqual([headers['x-count'], isBase64Encoded, result.body], [count, true, 'AP+A']);
    }
  });

  it('answers 502 when the listener throws, and goes on', async () => {
    assert.equal(JSON.parse((await ask('/throw')).body).statusCode, 502);
    assert.match((await ask('/')).path, /\/response$/);
  });

  it('answers 502 when the answer is cut off, and 504 just before the deadline', async () => {
    assert.equal(JSON.parse((await ask('/cut')).body).statusCode, 502);
    const start = Date.now();
    assert.equal(JSON.parse((await ask('/never', 1000)).body).statusCode, 504);
    assert.ok(Date.now() - start < 1000);
    assert.match((await ask('/')).path, /\/response$/);
  });

  it('ends on SIGTERM', async () => {
    runtime.process.kill('SIGTERM');
    const [code, signal] = await once(runtime.process, 'exit');
    assert.ok(code === 0 || signal === 'SIGTERM' || code === 143, `${code} ${signal}`);
  });
});
