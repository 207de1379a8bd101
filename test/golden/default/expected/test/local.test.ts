import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { json, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { startServer, stopServer } from '../src/server.ts';

const entry = fileURLToPath(new URL('../src/local.ts', import.meta.url));
const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

/** Starts the service away from the .env of whoever runs the tests. */
function start(env: Record<string, string>, cwd = import.meta.dirname) {
  const child = spawn(process.execPath, [entry], {
    cwd,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return { child, exit: once(child, 'exit'), output: child.stdout.setEncoding('utf8') };
}

async function urlFrom(output: Readable): Promise<string> {
  const [line] = await once(output, 'data');
  return JSON.parse(line).message.replace('listening on ', '');
}

describe('local', () => {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`listens, and exits with 0 on ${signal}`, async () => {
      const { child, exit, output } = start({});
      const response = await fetch(`${await urlFrom(output)}/healthz`);
      assert.equal(response.status, 200);
      child.kill(signal);
      assert.deepEqual(await exit, [0, null]);
    });

  it('listens where Lambda says', async () => {
    const { output } = start({ AWS_LAMBDA_HTTP_ENDPOINT: 'localhost:0', PORT: '1' });
    assert.match(await urlFrom(output), /^http:\/\/localhost:\d+$/);
  });

  it('lets a request end that was open at the signal, also when that comes twice', async () => {
    const { child, exit, output } = start({});
    const headers = { 'content-type': 'application/json', expect: '100-continue' };
    const open = request(`${await urlFrom(output)}/hello/Ada`, { method: 'POST', headers });
    open.flushHeaders();
    await once(open, 'continue');
    child.kill('SIGTERM');
    await once(output, 'data');
    child.kill('SIGTERM');
    open.end('{"greeting":"Ahoy"}');
    const [response]: IncomingMessage[] = await once(open, 'response');
    assert.ok(response !== undefined);
    assert.deepEqual(await json(response), { message: 'Ahoy, Ada!' });
    assert.deepEqual(await exit, [0, null]);
  });

  it('reads .env, which gives way to the environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-'));
    await writeFile(join(folder, '.env'), 'PORT=x\nDRAIN_MS=y\n');
    const { child } = start({}, folder);
    assert.match(await text(child.stderr), /^The environment is wrong:\n- DRAIN_MS is "y".+\n$/);
    await rm(folder, { recursive: true });
  });

  it('says in one line that the port is taken, and exits with 1', async () => {
    const { server, url } = await startServer(() => {}, { host: '127.0.0.1', port: 0 });
    const { host, port } = new URL(url);
    const { child, exit } = start({ PORT: port });
    const message = `${host} is taken: stop what listens there, or set PORT to another one.\n`;
    assert.equal(await text(child.stderr), message);
    assert.deepEqual(await exit, [1, null]);
    await stopServer(server, 0);
  });

  it('lists what is wrong in the environment, and exits with 1', async () => {
    const { child, exit } = start({ PORT: 'x' });
    assert.match(await text(child.stderr), /^The environment is wrong:\n- PORT is "x": it must be .+\n$/);
    assert.deepEqual(await exit, [1, null]);
  });
});
