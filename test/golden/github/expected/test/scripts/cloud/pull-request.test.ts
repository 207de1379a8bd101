import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { formatPlan, saveComment } from '../../../scripts/cloud/pull-request.ts';

describe('formatPlan', () => {
  const cases: [title: string, plan: string, line: RegExp][] = [
    [
      'tells what changes',
      'a\nPlan: 1 to add, 0 to change, 0 to destroy.\nb',
      /^\*\*dev\*\*: Plan: 1 to add/m,
    ],
    ['tells that nothing does', 'No changes. Your infrastructure …', /^\*\*dev\*\*: No changes\./m],
    ['tells that only outputs do', 'Changes to Outputs:', /^\*\*dev\*\*: only outputs change\.$/m],
    ['fences a plan that has fences', 'x = "```"', /^````\nx = "```"\n````$/m],
    ['cuts what GitHub would refuse', 'x'.repeat(70_000), /^… and 5000 characters more$/m],
  ];
  for (const [title, plan, line] of cases) {
    it(title, () => {
      const comment = formatPlan('dev', plan);
      assert.match(comment, line);
      assert.ok(comment.startsWith('<!-- plan of dev -->\n'));
      assert.ok(comment.length < 65_536);
    });
  }
});

describe('saveComment', () => {
  let server: Server;
  let comments: { url: string; html_url: string; body: string; user: { login: string } }[];
  let requests: string[];
  let env: NodeJS.ProcessEnv;

  function leave(login: string, body: string): void {
    const url = `${env['GITHUB_API_URL']}/comments/${comments.length}`;
    comments.push({ url, html_url: `shown at ${comments.length}`, body, user: { login } });
  }

  before(async () => {
    server = createServer(async (request, response) => {
      const { method, url = '', headers } = request;
      const sent = (await text(request)) || '{"body":""}';
      const { body } = JSON.parse(sent) as { body: string };
      requests.push(`${method} ${url}`);
      if (headers.authorization !== 'Bearer secret') return response.writeHead(403).end('No entry');
      const page = Number(/page=(\d+)$/.exec(url)?.[1]);
      if (method === 'GET') return response.end(JSON.stringify(comments.slice((page - 1) * 100, page * 100)));
      if (method === 'POST') leave('github-actions[bot]', body);
      const saved = method === 'POST' ? comments.at(-1) : comments[Number(url.split('/').at(-1))];
      return response.end(JSON.stringify(Object.assign(saved ?? {}, { body })));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(() => {
    comments = [];
    requests = [];
    env = {
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'acme/orders',
      GITHUB_TOKEN: 'secret',
      PULL_REQUEST: '7',
    };
  });
  after(() => server.close());

  it('leaves a comment where there is none yet', async () => {
    leave('github-actions[bot]', formatPlan('prod', 'old'));
    leave('somebody', formatPlan('dev', 'old'));
    assert.equal(await saveComment(formatPlan('dev', 'new'), env), 'shown at 2');
    assert.equal(comments[2]?.body, formatPlan('dev', 'new'));
    assert.equal(requests.at(-1), 'POST /repos/acme/orders/issues/7/comments');
  });

  it('writes over its own, however many others there are', async () => {
    for (let count = 0; count < 100; count += 1) leave('somebody', 'Why?');
    leave('github-actions[bot]', formatPlan('dev', 'old'));
    assert.equal(await saveComment(formatPlan('dev', 'new'), env), 'shown at 100');
    assert.equal(comments.length, 101);
    assert.equal(comments[100]?.body, formatPlan('dev', 'new'));
  });

  it("fails with GitHub's own words", async () => {
    await assert.rejects(
      saveComment('x\n', { ...env, GITHUB_TOKEN: 'other' }),
      /GitHub answers 403: No entry/,
    );
  });

  it('says where it works', async () => {
    await assert.rejects(saveComment('x\n', {}), /Only a workflow of a pull request/);
  });
});
