import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
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
