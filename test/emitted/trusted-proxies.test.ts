import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { renderProject } from '../../src/testing.ts';
import { createForwardedReader, type TrustedProxies } from '../../templates/container/files/src/trusted-proxies.ts';
import { useProject } from './project.ts';
import { endProcesses, startProcess, urlOf } from './service-process.ts';

/** What is left of the headers of a request that this address sent. */
function read(proxies: TrustedProxies, remoteAddress: string | undefined, [chain, protocol]: readonly (string | undefined)[]) {
  const headers = {
    'x-forwarded-for': chain,
    'x-forwarded-proto': protocol,
    'x-forwarded-host': 'forged.example',
  };
  const request = { headers, socket: { remoteAddress } } as unknown as Parameters<ReturnType<typeof createForwardedReader>>[0];
  createForwardedReader(proxies)(request);
  return [headers['x-forwarded-for'], headers['x-forwarded-proto'], headers['x-forwarded-host']];
}

describe('forwarded headers', () => {
  type Forwarded = readonly [chain?: string | undefined, protocol?: string];
  const cases: [title: string, proxies: TrustedProxies, from: string | undefined, sent: Forwarded, left: Forwarded][] = [
    ['name the client of a proxy', 1, '10.0.0.1', ['1.1.1.1', 'https'], ['1.1.1.1', 'https']],
    ['are not what the client forged', 1, '10.0.0.1', ['9.9.9.9, 1.1.1.1', 'https, http'], ['1.1.1.1', 'http']],
    ['pass two proxies', 2, '10.0.0.1', ['9.9.9.9, 1.1.1.1, 10.0.0.2', 'https, http'], ['1.1.1.1', 'https']],
    ['are shorter than the proxies are many', 2, '10.0.0.1', ['1.1.1.1', 'https'], ['1.1.1.1', 'https']],
    ['name a proxy whose client is no address', 1, '10.0.0.1', ['unknown', 'https'], [undefined, 'https']],
    ['have no protocol but http and https', 1, '10.0.0.1', ['1.1.1.1', 'ftp'], ['1.1.1.1', 'http']],
    ['of a proxy may lack either', 1, '10.0.0.1', [undefined, 'https'], [undefined, 'https']],
    ['of a listed proxy count', ['10.0.0.1'], '10.0.0.1', ['1.1.1.1', 'https'], ['1.1.1.1', 'https']],
    ['of a connection that has no address any more do not', ['10.0.0.1'], undefined, ['1.1.1.1', 'https'], []],
    ['of a link-local address do not', ['10.0.0.1'], 'fe80::1%eth0', ['1.1.1.1', 'https'], []],
    ['of anybody else do not', ['10.0.0.1'], '10.0.0.2', ['1.1.1.1', 'https'], []],
    ['pass every listed proxy', ['10.0.0.0/8'], '10.0.0.1', ['9.9.9.9, 1.1.1.1, 10.9.0.1'], ['1.1.1.1']],
    ['of a listed IPv4 proxy count on an IPv6 socket', ['10.0.0.0/8'], '::ffff:10.0.0.1', ['1.1.1.1'], ['1.1.1.1']],
    ['know IPv6', ['fd00::/8', '::1'], '::1', ['9.9.9.9, 2001:db8::1, fd00::2'], ['2001:db8::1']],
  ];
  for (const [title, proxies, from, sent, [chain, protocol]] of cases)
    it(title, () => assert.deepEqual(read(proxies, from, sent), [chain, protocol, undefined]));

  it('are left alone when no proxy is trusted, and the framework believes none', () => {
    assert.deepEqual(read(0, '10.0.0.1', ['1.1.1.1', 'https']), ['1.1.1.1', 'https', 'forged.example']);
  });
});

/** For each framework, a route that tells what it knows of the client, and sets a cookie where the connection is secure. */
const probes: Readonly<Record<string, string>> = {
  koa: `import { Router } from '@koa/router';
export const health = () => new Router().get('/client', (ctx) => {
  if (ctx.secure) ctx.cookies.set('a', 'b', { secure: true });
  ctx.body = { ip: ctx.ip, protocol: ctx.protocol, host: ctx.host };
});
`,
  express: `import { Router } from 'express';
export const health = () => Router().get('/client', (req, res) => {
  if (req.secure) res.cookie('a', 'b', { path: '/', secure: true, httpOnly: true });
  res.json({ ip: req.ip, protocol: req.protocol, host: req.host });
});
`,
};

const headers = { 'x-forwarded-for': '9.9.9.9, 1.1.1.1', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'forged.example' };

for (const [framework, probe] of Object.entries(probes)) {
  describe(`TRUSTED_PROXIES with ${framework}`, () => {
    const inContainer = useProject({ framework, with: ['container'] }, { 'src/routes/health.ts': probe });
    const onLambda = useProject({ framework }, { 'src/routes/health.ts': probe });
    afterEach(endProcesses);

    const secure = 'a=b; httponly; path=/; secure';
    const clients: [folder: () => string, title: string, proxies: string, client: object, cookie: string | undefined][] = [
      [inContainer, 'none', '', { ip: '127.0.0.1', protocol: 'http' }, undefined],
      [inContainer, 'one', '1', { ip: '1.1.1.1', protocol: 'https' }, secure],
      [inContainer, 'two listed ones', '127.0.0.0/8,1.1.1.0/24', { ip: '9.9.9.9', protocol: 'https' }, secure],
      [inContainer, 'another one', '10.0.0.0/8', { ip: '127.0.0.1', protocol: 'http' }, undefined],
      [onLambda, 'one, which a service without a container never has', '1', { ip: '127.0.0.1', protocol: 'http' }, undefined],
    ];
    for (const [folder, title, proxies, client, cookie] of clients) {
      it(`trusts ${title}`, async () => {
        const service = startProcess(folder(), [process.execPath, 'src/local.ts'], { TRUSTED_PROXIES: proxies });
        const url = await urlOf(service);
        const answer = await fetch(`${url}/client`, { headers });
        assert.deepEqual(await answer.json(), { ...client, host: new URL(url).host });
        assert.equal(answer.headers.get('set-cookie')?.toLowerCase().split('; ').toSorted().join('; '), cookie);
      }).timeout(10_000);
    }
  });
}

describe('TRUSTED_PROXIES', () => {
  const folder = useProject({ with: ['container'] });
  let load: (env: object) => { readonly trustedProxies: TrustedProxies };
  before(async () => {
    ({ loadConfig: load } = await import(pathToFileURL(join(folder(), 'src/config.ts')).href));
  });

  const values: [env: object, expected: TrustedProxies][] = [
    [{}, 0],
    [{ TRUSTED_PROXIES: '2' }, 2],
    [{ TRUSTED_PROXIES: '10.0.0.0/8, ::1' }, ['10.0.0.0/8', '::1']],
    // There the gateway says who calls.
    [{ TRUSTED_PROXIES: '1', AWS_LAMBDA_FUNCTION_NAME: 'demo' }, 0],
  ];
  for (const [env, expected] of values)
    it(`is ${JSON.stringify(expected)} in ${JSON.stringify(env)}`, () => assert.deepEqual(load(env).trustedProxies, expected));

  for (const value of ['10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '-1']) {
    it(`is not ${value}`, () => {
      const message = `it must be a number of proxies or a list such as 10.0.0.0/8,192.168.1.7`;
      assert.throws(() => load({ TRUSTED_PROXIES: value }), {
        message: new RegExp(`- TRUSTED_PROXIES is "${value}": ${message}$`),
      });
    });
  }

  it('is nowhere in a service that has no container', async () => {
    const texts = Object.values(await renderProject([])).join('\n');
    assert.doesNotMatch(texts, /trusted.?prox/i);
  });
});
