import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { StubbedProject } from '../terraform/stubs.ts';
import type { Outcome } from '../terraform/engines.ts';
import { useTempFolder } from '../temp-folder.ts';

interface Comment {
  readonly url: string;
  readonly html_url: string;
  readonly user: { readonly login: string };
  body: string;
}

describe('make plan-comment', function () {
  this.timeout(20_000);
  const folder = useTempFolder();
  let project: StubbedProject;
  let server: Server;
  let comments: Comment[];
  let requests: string[];
  let env: NodeJS.ProcessEnv;

  function leave(login: string, body: string): void {
    const url = `${env['GITHUB_API_URL']}/comments/${comments.length}`;
    comments.push({ url, html_url: `shown at ${comments.length}`, body, user: { login } });
  }

  /** As much of GitHub as keeps the comments of a pull request. */
  async function answer(...[request, response]: Parameters<RequestListener>): Promise<void> {
    const { method, url = '', headers } = request;
    const sent = (await text(request)) || '{"body":""}';
    const { body } = JSON.parse(sent) as { body: string };
    requests.push(`${method} ${url}`);
    if (headers.authorization !== 'Bearer secret') return void response.writeHead(403).end('No entry');
    const page = Number(/page=(\d+)$/.exec(url)?.[1]);
    if (method === 'GET') return void response.end(JSON.stringify(comments.slice((page - 1) * 100, page * 100)));
    if (method === 'POST') leave('github-actions[bot]', body);
    const saved = method === 'POST' ? comments.at(-1) : comments[Number(url.split('/').at(-1))];
    response.end(JSON.stringify(Object.assign(saved ?? {}, { body })));
  }

  /** Puts what Terraform shows of a plan into the pull request. */
  function comment(plan: string, changed: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    project.show(plan);
    return project.make(['plan-comment'], { env: { ...env, ...changed } });
  }

  before(async () => {
    server = createServer((request, response) => void answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(async () => {
    project = new StubbedProject(folder());
    await project.emit({}, { with: ['github'] });
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

  const cases: [title: string, plan: string, line: RegExp][] = [
    ['tells what changes', 'a\nPlan: 1 to add, 0 to change, 0 to destroy.\nb', /^\*\*dev\*\*: Plan: 1 to add/m],
    ['tells that nothing does', 'No changes. Your infrastructure …', /^\*\*dev\*\*: No changes\./m],
    ['tells that only outputs do', 'Changes to Outputs:', /^\*\*dev\*\*: only outputs change\.$/m],
    ['fences a plan that has fences', 'x = "```"', /^````\nx = "```"\n````$/m],
    ['cuts what GitHub would refuse', 'x'.repeat(70_000), /^… and 5000 characters more$/m],
  ];
  for (const [title, plan, line] of cases) {
    it(title, async () => {
      const { code, output } = await comment(plan);
      assert.equal(code, 0, output);
      const [{ body } = { body: '' }] = comments;
      assert.match(body, line);
      assert.ok(body.startsWith('<!-- plan of dev -->\n'));
      assert.ok(body.length < 65_536);
    });
  }

  it('leaves a comment where there is none of this stage yet', async () => {
    leave('github-actions[bot]', '<!-- plan of prod -->\nold');
    leave('somebody', '<!-- plan of dev -->\nold');
    assert.match((await comment('new')).output, /shown at 2/);
    assert.match(comments[2]?.body ?? '', /new/);
    assert.equal(requests.at(-1), 'POST /repos/acme/orders/issues/7/comments');
  });

  it('writes over its own, however many others there are', async () => {
    for (let count = 0; count < 100; count += 1) leave('somebody', 'Why?');
    leave('github-actions[bot]', '<!-- plan of dev -->\nold');
    assert.match((await comment('new')).output, /shown at 100/);
    assert.equal(comments.length, 101);
    assert.match(comments[100]?.body ?? '', /new/);
  });

  it("fails with GitHub's own words", async () => {
    const { code, output } = await comment('x', { GITHUB_TOKEN: 'other' });
    assert.notEqual(code, 0);
    assert.match(output, /GitHub answers 403: No entry/);
  });

  it('says where it works', async () => {
    const { output } = await comment('x', { PULL_REQUEST: '' });
    assert.match(output, /Only a workflow of a pull request/);
  });

  it("is the summary of a run that is of no pull request, where an environment's reviewers see it", async () => {
    const summary = join(folder(), 'summary.md');
    const { code, output } = await comment('Plan: 1 to add, 0 to change, 0 to destroy.', {
      PULL_REQUEST: '',
      GITHUB_STEP_SUMMARY: summary,
    });
    assert.equal(code, 0, output);
    assert.match(readFileSync(summary, 'utf8'), /\*\*dev\*\*: Plan: 1 to add, 0 to change, 0 to destroy\./);
    assert.deepEqual(requests, []);
  });
});
