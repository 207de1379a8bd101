import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

import * as v from 'valibot';

/** How many proxies stand in front, or their addresses and subnets; 0 for none. */
export type TrustedProxies = number | readonly string[];

/** Reads them from a variable of the environment. */
export const trustedProxies = v.pipe(
  v.string(),
  v.transform((value): TrustedProxies =>
    /^\d+$/.test(value) ? Number(value) : value.split(',').map((item) => item.trim()),
  ),
  v.check(
    (value) => typeof value === 'number' || value.every(isNetwork),
    'must be a number of proxies or a list such as 10.0.0.0/8,192.168.1.7',
  ),
);

type Trust = (address: string, hop: number) => boolean;

/**
 * Reduces the `X-Forwarded-*` headers, which anyone can send, to what a trusted proxy says about the client, so that
 * the framework may believe them.
 */
export function createForwardedReader(proxies: TrustedProxies): (request: IncomingMessage) => void {
  // The framework believes none of them then.
  if (proxies === 0) return () => {};
  const isTrusted: Trust = typeof proxies === 'number' ? (_address, hop) => hop < proxies : among(proxies);
  return function readForwarded({ headers, socket }) {
    const peer = socket.remoteAddress ?? '';
    // Each proxy appends the address that called it: from the end, the first one that is no proxy is the client.
    const chain = [peer, ...listOf(headers['x-forwarded-for']).toReversed()];
    let hops = 0;
    while (isTrusted(chain[hops] ?? '', hops) && isIP(chain[hops + 1] ?? '') !== 0) hops += 1;
    // A proxy either appends the protocol too, or replaces what it was sent.
    const protocols = isTrusted(peer, 0) ? listOf(headers['x-forwarded-proto']) : [];
    const protocol = protocols.at(-Math.max(hops, 1)) ?? protocols[0];

    // Proxies pass the host on in Host; in this header it may be the client's own.
    delete headers['x-forwarded-host'];
    delete headers['x-forwarded-for'];
    delete headers['x-forwarded-proto'];
    if (hops > 0) headers['x-forwarded-for'] = chain[hops];
    if (protocol !== undefined) headers['x-forwarded-proto'] = protocol === 'https' ? 'https' : 'http';
  };
}

function among(proxies: readonly string[]): Trust {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  // A connection that has just closed has no address.
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

function isNetwork(text: string): boolean {
  const [address = '', bits = '0', ...rest] = text.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && /^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function listOf(header: string | readonly string[] = ''): string[] {
  const items = String(header).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
