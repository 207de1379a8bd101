import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { loadConfig } from '../../src/config.ts';
import { jobs } from '../../src/jobs/index.ts';
import { runJob } from '../../src/jobs/job.ts';
import { captureLog } from '../logs.ts';

describe('deliver-message', () => {
  const heard: string[] = [];
  let status = 204;
  const channel = createServer(async (request, response) => {
    heard.push(`${request.method} ${request.headers['content-type']} ${await text(request)}`);
    response.writeHead(status).end();
  });
  before(() => once(channel.listen(0, '127.0.0.1'), 'listening'));
  after(() => channel.close().closeAllConnections());

  async function run(input: unknown) {
    const { port } = channel.address() as AddressInfo;
    const { log, lines } = captureLog();
    const config = loadConfig({ WEBHOOK_URL: `http://127.0.0.1:${port}/secret` });
    await runJob(jobs, ['deliver-message', input], { config, log, signal: new AbortController().signal });
    return lines;
  }

  it('puts the text into the channel, and logs that it did', async () => {
    const lines = await run({ text: 'Ahoy' });
    assert.deepEqual(heard, ['POST application/json {"text":"Ahoy"}']);
    assert.partialDeepStrictEqual(lines, [{ message: 'job', job: 'deliver-message' }]);
    assert.doesNotMatch(JSON.stringify(lines), /secret/);
  });

  it('fails, to be tried again, where the channel does', async () => {
    status = 503;
    await assert.rejects(run({ text: 'Ahoy' }), /^Error: 127\.0\.0\.1:\d+ answered with status 503\.$/);
  });

  it('fails for input that does not fit', () => assert.rejects(run({ text: 1 }), /not valid:\n.*string/));
});
