import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { useProject } from './project.ts';
import { endProcesses, startProcess, urlOf } from './service-process.ts';

/** What keeps a process alive as long as it may, as a connection to a database does. */
const openHandle = 'setInterval(() => {}, 1000);\n';

const command = [process.execPath, 'src/local.ts'];

/**
 * Opens a request that the service answers only when the rest of its body has come.
 * @returns a function that sends the rest, and gives the answer or the error
 */
async function openRequest(url: string): Promise<() => Promise<string>> {
  const headers = { 'content-type': 'application/json', expect: '100-continue' };
  const open = request(`${url}/hello/Ada`, { method: 'POST', headers });
  const answer = new Promise<string>((resolve) => {
    open.on('response', (response) => resolve(text(response)));
    open.on('error', ({ message }) => resolve(message));
  });
  open.flushHeaders();
  await once(open, 'continue');
  return () => {
    open.end('{"greeting":"Ahoy"}');
    return answer;
  };
}

describe('a signal to the local entry point', () => {
  const folder = useProject({}, { 'src/open-handle.ts': openHandle });
  const env = { NODE_OPTIONS: '--import=./src/open-handle.ts' };
  afterEach(endProcesses);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`${signal} ends it, whatever else is open`, async () => {
      const service = startProcess(folder(), command, env);
      await urlOf(service);
      service.child.kill(signal);
      assert.deepEqual(await service.exit, [0, null]);
    }).timeout(10_000);
  }

  it('ends it at once, although a browser has connected ahead of a request', async () => {
    const service = startProcess(folder(), command, env);
    const silent = connect(Number(new URL(await urlOf(service)).port), '127.0.0.1').on('error', () => {});
    await once(silent, 'connect');
    // Until the server has it, too.
    await fetch(`${await urlOf(service)}/healthz`);
    const start = performance.now();
    service.child.kill('SIGTERM');
    assert.deepEqual(await service.exit, [0, null]);
    assert.ok(performance.now() - start < 4000);
  }).timeout(15_000);

  it('lets an open request end, also when the signal comes several times at once', async () => {
    const service = startProcess(folder(), command, env);
    const finish = await openRequest(await urlOf(service));
    for (let time = 0; time < 3; time += 1) service.child.kill('SIGINT');
    await service.see(/stopping on SIGINT/);
    assert.equal(await finish(), '{"message":"Ahoy, Ada!"}');
    assert.deepEqual(await service.exit, [0, null]);
  }).timeout(10_000);

  it('ends it at once when it comes a second time', async () => {
    const service = startProcess(folder(), command, { ...env, DRAIN_MS: '60000' });
    const finish = await openRequest(await urlOf(service));
    service.child.kill('SIGINT');
    await service.see(/stopping on SIGINT/);
    await setTimeout(700);
    service.child.kill('SIGINT');
    assert.deepEqual(await service.exit, [1, null]);
    assert.equal(await finish(), 'socket hang up');
  }).timeout(10_000);

  it('cuts a request that outlives the limit', async () => {
    const service = startProcess(folder(), command, { ...env, DRAIN_MS: '100' });
    await openRequest(await urlOf(service));
    service.child.kill('SIGTERM');
    assert.deepEqual(await service.exit, [0, null]);
  }).timeout(10_000);
});

describe('an error that nobody caught', () => {
  const throwing = (code: string): Record<string, string> => ({ 'src/routes/fault.ts': `setTimeout(() => { ${code} }, 200);\n` });
  const cases: [title: string, code: string, origin: string][] = [
    ['an exception', "throw new Error('nobody')", 'uncaughtException'],
    ['a rejection', "void Promise.reject(new Error('nobody'))", 'unhandledRejection'],
  ];
  for (const [title, code, origin] of cases) {
    describe(title, () => {
      const folder = useProject({}, throwing(code));
      afterEach(endProcesses);

      it('is a line of the log, then ends the process with 1', async () => {
        const service = startProcess(folder(), command, { NODE_OPTIONS: '--import=./src/routes/fault.ts' });
        assert.deepEqual(await service.exit, [1, null]);
        const line = JSON.parse(await service.see(/^\{.*nobody/)) as Record<string, unknown>;
        assert.partialDeepStrictEqual(line, { level: 'ERROR', message: 'Error: nobody', origin, service: 'demo' });
      }).timeout(10_000);
    });
  }
});
