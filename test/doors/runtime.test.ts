import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { unzipSync } from 'fflate';

import { bundle, emitProject } from '../bundle/project.ts';
import { writeTree } from '../temp-folder.ts';
import { openRuntimeApi, type RuntimeApi } from './runtime-api.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const client = join(process.env['AWS_LAMBDA_RIC'] ?? join(root, 'node_modules/aws-lambda-ric'), 'bin/index.mjs');
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
  const temporary = mkdtempSync(join(tmpdir(), 'runtime-'));
  let api: RuntimeApi;
  let runtime: ChildProcess;

  before(async function () {
    if (!existsSync(client)) {
      console.log('      skipped: aws-lambda-ric is not installed; AWS_LAMBDA_RIC may name its folder');
      this.skip();
    }
    const manifest = { dependencies: { 'serverless-http': '4.0.0' } };
    const folder = await emitProject({ manifest, files: { 'src/lambda.ts': source } });
    const { status, output } = bundle(folder);
    assert.equal(status, 0, output);
    writeTree(temporary, unzipSync(readFileSync(join(folder, 'dist/lambda.zip'))));
    api = await openRuntimeApi();
    const env = { PATH: process.env['PATH'], AWS_LAMBDA_RUNTIME_API: api.address, LAMBDA_TASK_ROOT: temporary };
    const variables = {
      AWS_LAMBDA_FUNCTION_NAME: 'test',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    };
    runtime = spawn(process.execPath, [client, 'lambda.handler'], {
      cwd: temporary,
      env: { ...env, ...variables },
      stdio: 'ignore',
    });
  });

  after(() => {
    runtime?.kill('SIGKILL');
    api?.close();
    rmSync(temporary, { recursive: true });
  });

  function ask(path: string, limitMs?: number): ReturnType<RuntimeApi['invoke']> {
    return api.invoke({ ...recorded, rawPath: path, rawQueryString: '' }, limitMs);
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
    runtime.kill('SIGTERM');
    const [code, signal] = await once(runtime, 'exit');
    assert.ok(code === 0 || signal === 'SIGTERM' || code === 143, `${code} ${signal}`);
  });
});
