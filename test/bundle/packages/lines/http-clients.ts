import type { Line } from '../line.ts';

/** Each client asks a server that the route itself starts, and one that is not there; fetch never tries port 1. */
function client(name: string, packages: readonly string[], code: string): Line {
  const server = `
    import { createServer } from 'node:http';
    export async function answer() {
      const server = createServer((req, res) => res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ agent: String(req.headers['x-agent']), url: req.url })));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        return { got: await ask('http://127.0.0.1:' + server.address().port + '/a?b=1'), code: await ask('http://127.0.0.1:2/').catch(codeOf) };
      } finally {
        server.closeAllConnections();
        server.close();
      }
    }
    const headers = { 'x-agent': 'test' };
    const codeOf = (error) => error.code ?? error.cause?.code ?? codeOf(error.cause);`;
  return { name, packages, code: `${server}\n${code}`, answer: { got: { agent: 'test', url: '/a?b=1' }, code: 'ECONNREFUSED' } };
}

export const httpClients: readonly Line[] = [
  client(
    'axios asks',
    ['axios'],
    `import axios from 'axios';
    const ask = async (url) => (await axios.get(url, { headers })).data;`,
  ),
  client(
    'got asks',
    ['got'],
    `import got from 'got';
    const ask = async (url) => await got(url, { headers, retry: { limit: 0 } }).json();`,
  ),
  client(
    'undici asks',
    ['undici'],
    `import { Agent, request } from 'undici';
    const ask = async (url) => (await request(url, { headers, dispatcher: new Agent() })).body.json();`,
  ),
  client(
    'node-fetch asks',
    ['node-fetch'],
    `import fetch from 'node-fetch';
    const ask = async (url) => (await fetch(url, { headers })).json();`,
  ),
  client(
    'ky asks',
    ['ky'],
    `import ky from 'ky';
    const ask = async (url) => await ky(url, { headers, retry: 0 }).json();`,
  ),
  client(
    'superagent asks',
    ['superagent'],
    `import superagent from 'superagent';
    const ask = async (url) => (await superagent.get(url).set(headers)).body;`,
  ),
  client(
    'request, long out of care, asks',
    ['request'],
    `import request from 'request';
    const ask = (url) => new Promise((resolve, reject) => { request({ url, headers, json: true }, (error, _response, body) => (error ? reject(error) : resolve(body))); });`,
  ),
  client('fetch, of Node, asks', [], `const ask = async (url) => (await fetch(url, { headers })).json();`),
  {
    name: 'stripe fails to connect',
    packages: ['stripe'],
    code: `
      import Stripe from 'stripe';
      export async function answer() {
        const stripe = new Stripe('sk_test_1', { host: '127.0.0.1', port: 1, protocol: 'http', maxNetworkRetries: 0 });
        const { type } = await stripe.customers.list().catch((error) => error);
        const header = stripe.webhooks.generateTestHeaderString({ payload: '{"id":"evt"}', secret: 'whsec' });
        return { type, event: stripe.webhooks.constructEvent('{"id":"evt"}', header, 'whsec').id };
      }`,
    answer: { type: 'StripeConnectionError', event: 'evt' },
  },
];
