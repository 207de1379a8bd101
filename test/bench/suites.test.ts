import assert from 'node:assert/strict';
import { join } from 'node:path';

import { buildPreload } from '../../bench/suites/preload.ts';
import { runSuite } from '../../bench/suites/runners.ts';
import type { Suite } from '../../bench/suites/suites.ts';
import { useTempFolder, writeTree } from '../temp-folder.ts';

const suite: Suite = { name: 'example', repository: '', tag: '', runner: 'node', options: ['example.test.js'] };

const example = `
  const { strictEqual } = require('node:assert');
  const { createServer } = require('node:http');
  const { after, before, it } = require('node:test');

  const server = createServer();
  const ask = (path) => fetch('http://127.0.0.1:' + server.address().port + path, { method: 'POST', body: 'a body' });
  before(() => new Promise((resolve) => server.listen(0, resolve)));
  after(() => server.close());
  server.on('request', (request, response) => {
    if (request.url === '/cut') return response.destroy();
    response.writeHead(request.url === '/502' ? 502 : 201, { 'set-cookie': ['a=1', 'b=2'] });
    request.pipe(response);
  });

  it('gets the answer', async () => {
    const response = await ask('/');
    strictEqual(response.status, 201);
    strictEqual(response.headers.getSetCookie().length, 2);
    strictEqual(await response.text(), 'a body');
  });
  it('gets a 502 of the application', async () => strictEqual((await ask('/502')).status, 502));
  it('is cut off', () => ask('/cut').then(() => { throw new Error('It was answered.'); }, () => {}));
  it('gets no length', async () => strictEqual((await ask('/')).headers.get('content-length'), null));`;

describe('a suite of someone else', () => {
  const folder = useTempFolder();

  it('runs plain, without a request through the door', () => {
    writeTree(folder(), { 'example.test.js': example });
    const { outcomes, requests } = runSuite(suite, folder());
    assert.deepEqual([outcomes.map(({ passed }) => passed), requests], [[true, true, true, true], 0]);
  });

  it('runs through the door, where an answer has its length', async () => {
    writeTree(folder(), { 'example.test.js': example });
    const { outcomes, requests } = runSuite(suite, folder(), await buildPreload('http', join(folder(), 'door')));
    assert.deepEqual([outcomes.map(({ passed }) => passed), requests], [[true, true, true, false], 4]);
  });
});
