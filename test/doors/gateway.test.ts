import assert from 'node:assert/strict';
import { request as send } from 'node:http';

import { type Running, startGateway } from './gateway-process.ts';
import { emitted, gateways } from './gateways.ts';

/** A function in place of the app, which does what its path says, in the form of every gateway's result. */
const source = `
  const { readdirSync } = require('node:fs');
  const answers = {
    '/large': () => ({ statusCode: 200, body: 'x'.repeat(7000000) }),
    '/medium': () => ({ statusCode: 200, body: 'x'.repeat(1100000) }),
    '/text': () => 'text',
    '/fail': () => Promise.reject(new Error('boom')),
    '/cookies': () => ({ statusCode: 200, cookies: ['a=1', 'b=2'], multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] }, body: 'aGk=', isBase64Encoded: true }),
    '/denied': () => ({ statusCode: 401, headers: { 'www-authenticate': 'Basic' }, multiValueHeaders: { 'www-authenticate': ['Basic'] }, body: '' }),
    '/files': () => ({ statusCode: 200, body: JSON.stringify(readdirSync('.')) }),
    '/length': () => ({ statusCode: 200, headers: { 'content-length': '7' }, multiValueHeaders: { 'content-length': ['7'] }, body: '' }),
  };
  module.exports.handler = async (event) => {
    const answer = answers[event.rawPath ?? event.path];
    return answer ? answer() : { statusCode: 200, body: JSON.stringify(event) };
  };
`;

for (const gateway of gateways)
  describe(`make gateway with ${gateway}`, function () {
    this.timeout(20_000);
    let running: Running;
    before(async () => {
      running = await startGateway(emitted[gateway].folder, source);
    });
    after(() => running.process.kill());
    const ask = (path: string, init: RequestInit = {}) => fetch(`${running.url}${path}`, init);

    it('writes the path as the gateway does, and prints a line for the request', async () => {
      const event = await (await ask('/a%20b?c=1', { method: 'DELETE' })).json();
      assert.equal(event.rawPath ?? event.path, gateway === 'http' ? '/a b' : '/a%20b');
      while (running.lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      assert.match(running.lines[1] ?? '', /^DELETE \/a%20b\?c=1 200 \d+\.\d ms$/);
    });

    it('makes several headers of a list, and bytes of base64', async () => {
      const answer = await ask('/cookies');
      assert.deepEqual([answer.headers.getSetCookie(), await answer.text()], [['a=1', 'b=2'], 'hi']);
    });

    it('renames what a REST API keeps for itself', async () => {
      const { headers } = await ask('/denied');
      const name = gateway === 'rest' ? 'x-amzn-remapped-www-authenticate' : 'www-authenticate';
      assert.equal(headers.get(name), 'Basic');
    });

    it('serves from a folder that holds what is in the zip and nothing else', async () => {
      assert.deepEqual(await (await ask('/files')).json(), ['lambda.js']);
    });

    it('leaves the length of an answer to HEAD as the app gave it', async () => {
      const { headers } = await ask('/length', { method: 'HEAD' });
      assert.equal(headers.get('content-length'), '7');
    });

    const broken = gateway === 'rest' || gateway === 'alb' ? 502 : 500;
    const isBalanced = gateway === 'alb';
    const medium = 'x'.repeat(1_100_000);
    const large = 'x'.repeat(7_000_000);
    const faults: [title: string, path: string, init: RequestInit, status: number][] = [
      ['headers over 10 kB', '/', { headers: { 'x-long': 'x'.repeat(11_000) } }, isBalanced ? 200 : 431],
      ['a body over 1 MB', '/', { method: 'POST', body: medium }, isBalanced ? 413 : 200],
      ['a result over 1 MB', '/medium', {}, isBalanced ? 502 : 200],
      ['an event over 6 MB', '/', { method: 'POST', body: large }, 413],
      ['a result over 6 MB', '/large', {}, broken],
      ['a result that is none', '/text', {}, broken],
      ['a function that fails', '/fail', {}, broken],
      ['a path that cannot be decoded', '/%E0', {}, gateway === 'http' ? 400 : 200],
    ];
    for (const [title, path, init, status] of faults)
      it(`answers ${status} to ${title}`, async () => assert.equal((await ask(path, init)).status, status));

    it('refuses an upload over its limit while it arrives', async () => {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const upload = send(running.url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
        const chunk = Buffer.alloc(1024 * 1024);
        // Never ended: whoever waits for the end of it waits for ever.
        for (let sentMb = 0; sentMb < 12; sentMb += 1) upload.write(chunk);
        upload.on('response', ({ statusCode }) => {
          upload.destroy();
          resolve(statusCode);
        });
        upload.on('error', reject);
      });
      assert.equal(status, 413);
      assert.equal((await ask('/')).status, 200);
    });
  });
