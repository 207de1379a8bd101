import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { needClient, type Runtime, startRuntime } from './runtime-process.ts';

const recorded = JSON.parse(readFileSync(new URL('fixtures/http.json', import.meta.url), 'utf8')) as object;

/** Answers nobody in a thread until so many have waited there at once as a header says. */
const source = `
  import { threadId } from 'node:worker_threads';
  import { createHandler } from './lambda/handler.ts';
  let isOpen = false;
  const waiting = [];
  const listener = async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    await new Promise((resolve) => {
      waiting.push(resolve);
      isOpen ||= waiting.length >= Number(request.headers['x-wait-for']);
      if (isOpen) for (const go of waiting.splice(0)) go();
    });
    response.setHeader('x-thread', threadId);
    response.setHeader('set-cookie', 'id=' + request.url.slice(1));
    response.end(request.url + ' ' + body + ' ' + request.lambda.context.awsRequestId);
  };
  export const handler = createHandler(listener, { error: console.error });
`;

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-nodejs-runtime.html
describe('the bundle on Lambda Managed Instances, under the runtime client of Lambda', function () {
  this.timeout(60_000);
  const threads = 2;
  const atOnce = 64;
  let runtime: Runtime;

  before(async function () {
    needClient(this);
    const variables = { AWS_LAMBDA_MAX_CONCURRENCY: String(atOnce), AWS_LAMBDA_NODEJS_WORKER_COUNT: String(threads) };
    runtime = await startRuntime(
      { manifest: { dependencies: { 'serverless-http': '4.0.0' } }, files: { 'src/lambda.ts': source } },
      variables,
    );
  });
  after(() => runtime?.close());

  it(`answers ${atOnce} requests at once in ${threads} threads, each its own`, async () => {
    while (runtime.api.countWaiting() < threads) await setTimeout(20);
    const paths = Array.from({ length: atOnce }, (_, index) => `/${index}`);
    const reports = await Promise.all(
      paths.map((path) => {
        const headers = { 'content-type': 'text/plain', 'x-wait-for': String(atOnce / threads / 4) };
        const event = {
          ...recorded,
          rawPath: path,
          rawQueryString: '',
          headers,
          body: `body of ${path}`,
          isBase64Encoded: false,
        };
        return runtime.api.invoke(event, 20_000);
      }),
    );
    const seen = new Set<string>();
    for (const [index, report] of reports.entries()) {
      const { statusCode, headers, cookies, body } = JSON.parse(report.body) as {
        readonly statusCode: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly cookies: readonly string[];
        readonly body: string;
      };
      const requestId = report.path.split('/').at(-2);
      assert.equal(statusCode, 200, `${body} ${runtime.output()}`);
      assert.equal(body, `/${index} body of /${index} ${requestId}`);
      assert.deepEqual(cookies, [`id=${index}`]);
      seen.add(headers['x-thread'] ?? '');
    }
    assert.equal(seen.size, threads, [...seen].join());
  });
});
