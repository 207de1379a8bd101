import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import type { Report, Watch } from './runtime-api.ts';
import { needClient, type Runtime, startRuntime } from './runtime-process.ts';

const recorded = JSON.parse(readFileSync(new URL('fixtures/url.json', import.meta.url), 'utf8'));

/** A listener with streams, and the ways to end badly. */
const source = `
  import { pipeline, Readable } from 'node:stream';
  import { setTimeout as wait } from 'node:timers/promises';
  import { createHandler } from './lambda/handler.ts';
  let count = 0;
  const listener = async (request, response) => {
    count += 1;
    response.setHeader('X-Count', count);
    if (request.url === '/never') return;
    if (request.url === '/cut') return void response.destroy(new Error('cut'));
    if (request.url === '/empty') return void response.writeHead(204).end();
    if (request.url === '/idle') return void response.write('first');
    if (request.url === '/late') return void response.write('part', () => response.destroy(new Error('torn')));
    if (request.url === '/large') {
      const pieces = function* () { for (let at = 0; at < 320; at += 1) yield Buffer.alloc(65536, at); };
      return void pipeline(Readable.from(pieces()), response, () => {});
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Set-Cookie': ['a=1', 'b=2'] }).flushHeaders();
    for (const id of [1, 2, 3]) {
      await wait(80);
      response.write('data: ' + id + '\\n\\n');
    }
    response.end();
  };
  export const handler = createHandler(listener, { error: console.log });
`;

interface Answer {
  readonly head: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What a gateway makes of what it gets: a head in JSON, eight bytes of zero, a body. */
function parse({ body }: Report): Answer {
  const [head = '', ...rest] = body.split('\0'.repeat(8));
  return { head: JSON.parse(head), body: rest.join('\0'.repeat(8)) };
}

describe('the streaming bundle under the runtime client of Lambda', function () {
  this.timeout(30_000);
  let runtime: Runtime;

  before(async function () {
    needClient(this);
    const answers = { gateway: 'url', with: ['streaming'] };
    runtime = await startRuntime({ answers, manifest: { dependencies: {} }, files: { 'src/lambda.ts': source } });
  });

  after(() => runtime?.close());

  const ask = (path: string, limitMs?: number, watch?: Watch): Promise<Report> =>
    runtime.api.invoke({ ...recorded, rawPath: path, rawQueryString: '' }, limitMs, watch);

  it('sends the head, then each event, when it is written', async () => {
    const start = performance.now();
    const times: number[] = [];
    const report = await ask('/events', 5000, (piece) => {
      if (piece.includes('statusCode') || piece.includes('data: ')) times.push(Math.round(performance.now() - start));
    });
    const { headers, trailers } = report;
    assert.deepEqual(
      [headers['lambda-runtime-function-response-mode'], headers['content-type'], headers['transfer-encoding'], { ...trailers }],
      ['streaming', 'application/vnd.awslambda.http-integration-response', 'chunked', {}],
    );
    const { head, body } = parse(report);
    assert.deepEqual(head, {
      statusCode: 200,
      headers: { 'X-Count': '1', 'Content-Type': 'text/event-stream' },
      cookies: ['a=1', 'b=2'],
    });
    assert.equal(body, 'data: 1\n\ndata: 2\n\ndata: 3\n\n');
    console.log(`      head and events after ${times.join(', ')} ms`);
    assert.equal(times.length, 4);
    for (const at of [1, 2, 3]) assert.ok((times[at] ?? 0) - (times[at - 1] ?? 0) >= 60, times.join());
  });

  it('sends 20 MB', async () => {
    const { body } = parse(await ask('/large', 20_000));
    assert.equal(body.length, 320 * 65_536);
    for (const at of [0, 17, 319]) assert.equal(body.charCodeAt(at * 65_536), at % 256);
  });

  it('sends a head where there is no body', async () => {
    const { head, body } = parse(await ask('/empty'));
    assert.deepEqual([head['statusCode'], body], [204, '']);
  });

  it('answers 502 when the answer is cut off before its head, and 504 just before the deadline', async () => {
    assert.equal(parse(await ask('/cut')).head['statusCode'], 502);
    const start = Date.now();
    assert.equal(parse(await ask('/never', 1000)).head['statusCode'], 504);
    assert.ok(Date.now() - start < 1000);
  });

  it('tells Lambda in a trailer that an answer broke off behind its head', async () => {
    for (const [path, message] of [
      ['/late', 'The answer was cut off.'],
      ['/idle', 'Gateway Timeout'],
    ] as const) {
      const report = await ask(path, 1000);
      assert.match(parse(report).body, /^(part|first)$/);
      const told = Buffer.from(report.trailers['lambda-runtime-function-error-body'] ?? '', 'base64').toString();
      assert.equal(report.trailers['lambda-runtime-function-error-type'], 'HttpError');
      assert.equal(JSON.parse(told).errorMessage, message);
    }
  });

  it('refuses an event of something else in a trailer', async () => {
    const { body, trailers } = await runtime.api.invoke({ Records: [] });
    assert.deepEqual([body, trailers['lambda-runtime-function-error-type']], ['', 'TypeError']);
  });

  it('goes on after each of these, in one process', async () => {
    assert.ok(Number((parse(await ask('/empty')).head['headers'] as Record<string, string>)['X-Count']) >= 6);
    assert.equal(runtime.process.exitCode, null);
  });
});
