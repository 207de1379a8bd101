import assert from 'node:assert/strict';

import { createForwardedReader, type TrustedProxies } from '../../templates/service/files/src/middleware/forwarded.ts';

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
