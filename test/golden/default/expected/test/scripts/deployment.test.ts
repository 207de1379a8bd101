import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitForVersion } from '../../scripts/cloud/deployment.ts';

describe('a deployment', () => {
  const answers: { status: number; body: string }[] = [];
  const server = createServer((_, response) => {
    const { status, body } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: '' };
    response.writeHead(status).end(body);
  });
  let url = '';

  before((done) => {
    server.listen(0, '127.0.0.1', () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => void server.close(done));
  afterEach(() => {
    answers.length = 0;
    delete process.env['POLL_SECONDS'];
  });

  it('is waited for until its version answers', async () => {
    answers.push({ status: 503, body: '' }, { status: 200, body: '{ "functionVersion": "7" }' });
    await waitForVersion(url, '7');
    assert.equal(answers.length, 1);
  });

  for (const [title, status, body, message] of [
    ['an older version', 200, '{ "functionVersion": "6" }', /answers with version 6, not version 7/],
    ['an error', 502, '{}', /answers with status 502/],
    ['no JSON', 200, '<html>', /is not valid JSON/],
  ] as const) {
    it(`is given up after a while of ${title}`, async () => {
      process.env['POLL_SECONDS'] = '0';
      answers.push({ status, body });
      await assert.rejects(waitForVersion(url, '7'), { message });
    });
  }

  it('is given up where nothing listens', async () => {
    process.env['POLL_SECONDS'] = '0';
    await assert.rejects(waitForVersion('http://127.0.0.1:9', '7'), {
      message: /answers with "fetch failed"/,
    });
  });
});
