import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { startServer, stopServer } from '../src/server.ts';

const entry = fileURLToPath(new URL('../src/local.ts', import.meta.url));
const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

/** Starts the service away from the .env of whoever runs the tests. */
function start(env: Record<string, string>, cwd = import.meta.dirname) {
  const child = spawn(process.execPath, [entry], {
    cwd,
    env: { ...process.env, DEBUG: '', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return { child, exit: once(child, 'exit'), output: child.stdout.setEncoding('utf8') };
}

describe('local', () => {
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`names a path that it answers, and exits with 0 on ${signal}`, async () => {
      const { child, exit, output } = start({});
      const [line] = await once(output, 'data');
      const [url] = /http\S+$/.exec(JSON.parse(line).message) ?? [];
      assert.equal((await fetch(String(url))).status, 200);
      child.kill(signal);
      assert.deepEqual(await exit, [0, null]);
    });

  it('reads .env, which gives way to the environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'local-'));
    await writeFile(join(folder, '.env'), '\uFEFFDRAIN_MS=y\nPORT=x\n');
    const { child } = start({}, folder);
    assert.match(await text(child.stderr), /^The environment is wrong:\n- DRAIN_MS is "y".+\n$/);
    await rm(folder, { recursive: true });
  });

  it('says in one line that the port is taken, and exits with 1', async () => {
    const { server, url } = await startServer(() => {}, { host: '127.0.0.1', port: 0 });
    const { host, port } = new URL(url);
    const { child, exit } = start({ PORT: port });
    const message = `listen EADDRINUSE: address already in use ${host}. Set HOST or PORT to another one.\n`;
    assert.equal(await text(child.stderr), message);
    assert.deepEqual(await exit, [1, null]);
    await stopServer(server, 0);
  });
});
