import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { useProject } from './project.ts';
import { endProcesses, startProcess } from './service-process.ts';

const hasIpv6 = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .some(({ address }) => address === '::1');

describe('the local server', () => {
  const folder = useProject();
  const command = [process.execPath, 'src/local.ts'];
  afterEach(endProcesses);

  (hasIpv6 ? it : it.skip)('gives a URL with an IPv6 address in brackets', async () => {
    const { see } = startProcess(folder(), command, { HOST: '::1' });
    const [url = ''] = /http:\/\/\[::1\]:\d+\/hello\/Ada/.exec(await see(/listening/)) ?? [];
    assert.equal((await fetch(url)).status, 200);
  }).timeout(10_000);

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    it(`names a path that it answers, and exits with 0 on ${signal}`, async () => {
      const { child, exit, see } = startProcess(folder(), command);
      const [url = ''] = /http:\/\/127\S+?\d\/hello\/Ada/.exec(await see(/listening/)) ?? [];
      assert.equal((await fetch(url)).status, 200);
      child.kill(signal);
      assert.deepEqual(await exit, [0, null]);
    });

  it('reads .env, which gives way to the environment', async () => {
    writeFileSync(join(folder(), '.env'), '\uFEFFDRAIN_MS=y\nPORT=x\n');
    const { lines, exit, see } = startProcess(folder(), command);
    await see(/DRAIN_MS is "y"/);
    await exit;
    rmSync(join(folder(), '.env'));
    assert.ok(!lines.some((line) => line.includes('PORT')), lines.join('\n'));
  });

  it('says in one line that the port is taken, and exits with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1').unref();
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { exit, see, lines } = startProcess(folder(), command, { PORT: String(port), HOST: '127.0.0.1' });
    await see(/^listen EADDRINUSE: address already in use 127\.0\.0\.1:\d+\. Set HOST or PORT to another one\.$/);
    assert.deepEqual(await exit, [1, null]);
    assert.equal(lines.length, 1, lines.join('\n'));
    other.close();
  });

  const faults: [env: NodeJS.ProcessEnv, line: RegExp][] = [
    [{ HOST: '192.0.2.1' }, /^listen EADDRNOTAVAIL: address not available 192\.0\.2\.1\. Set HOST or PORT to another one\.$/],
    [{ HOST: 'nowhere.invalid' }, /^getaddrinfo \w+ nowhere\.invalid\. Set HOST or PORT to another one\.$/],
    [{ PORT: 'x' }, /^- PORT is "x": it must be a whole number from 0 to 65535$/],
  ];
  for (const [env, line] of faults) {
    it(`says what to set instead of ${JSON.stringify(env)}, and exits with 1 whatever else is open`, async () => {
      const open = `data:text/javascript,setInterval(() => {}, 1000)`;
      const { exit, see } = startProcess(folder(), command, { ...env, NODE_OPTIONS: `--import="${open}"` });
      await see(line);
      assert.deepEqual(await exit, [1, null]);
    }).timeout(10_000);
  }
});
