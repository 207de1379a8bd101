import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { useProject } from './project.ts';

type Run = (input: unknown, context: { readonly signal: AbortSignal }) => Promise<void>;
type Handler = (
  event: unknown,
  context: object,
) => Promise<{ readonly batchItemFailures: readonly { itemIdentifier: string }[] }>;
type Line = Readonly<Record<string, unknown>>;

/** A message as SQS hands it over. */
const recordOf = (messageId: string, body: string) => ({
  messageId,
  body,
  eventSource: 'aws:sqs',
  attributes: { ApproximateReceiveCount: '2' },
});

describe('jobs of the service', () => {
  const folder = useProject({ with: ['jobs'] });
  let createHandler: (run: Run) => { readonly handler: Handler; readonly lines: readonly Line[] };
  const load = (path: string) => import(pathToFileURL(join(folder(), path)).href);

  before(async () => {
    const [{ createJobHandler }, { loadConfig }, { captureLog }] = await Promise.all(
      ['src/jobs/handler.ts', 'src/config.ts', 'test/logs.ts'].map(load),
    );
    const { unknown } = await import('valibot');
    createHandler = (run) => {
      const { log, lines } = captureLog();
      return { lines, handler: createJobHandler({ work: { input: unknown(), run } }, loadConfig({}), log) };
    };
  });

  const context = (limitMs: number) => ({ awsRequestId: 'request', getRemainingTimeInMillis: () => limitMs });
  const work = (input: unknown) => JSON.stringify({ job: 'work', input });
  const failuresOf = async (handler: Handler, bodies: readonly string[], limitMs = 5000): Promise<string[]> => {
    const event = { Records: bodies.map((body, index) => recordOf(String(index), body)) };
    const { batchItemFailures } = await handler(event, context(limitMs));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  it('are all begun, and report those alone that failed', async () => {
    const done: unknown[] = [];
    const { handler, lines } = createHandler(async (input) => {
      if (input === 'bad') throw new Error('no such order');
      done.push(input);
    });
    assert.deepEqual(await failuresOf(handler, [work('a'), work('bad'), work('c')]), ['1']);
    assert.deepEqual(done, ['a', 'c']);
    const failed = lines.find(({ level }) => level === 'ERROR');
    assert.partialDeepStrictEqual(failed, { message: 'job failed', requestId: 'request', messageId: '1', attempt: 2 });
    assert.match(JSON.stringify(failed), /no such order/);
    assert.equal(lines.filter(({ message }) => message === 'job').length, 2);
  });

  const broken: [title: string, body: string, reason: RegExp][] = [
    ['is no JSON', '{', /SyntaxError/],
    ['is null', 'null', /names no job/],
    ['names no job', '{"input":1}', /names no job/],
    ['names one that there is not', '{"job":"other"}', /There is no job \\"other\\"/],
    ['names what every object has', '{"job":"toString"}', /There is no job/],
  ];
  for (const [title, body, reason] of broken)
    it(`keep a message that ${title} for the dead letter queue, and do the others`, async () => {
      const { handler, lines } = createHandler(() => Promise.resolve());
      assert.deepEqual(await failuresOf(handler, [body, work('a')]), ['0']);
      assert.match(JSON.stringify(lines), reason);
    });

  const secret = '4111-1111';
  for (const body of [
    secret,
    `{"job":"${secret}`,
    JSON.stringify({ job: 'deliver-message', input: { text: 4111, note: secret } }),
  ])
    it(`that fail log nothing of a message such as ${body}`, async () => {
      const [{ createJobHandler }, { jobs }, { loadConfig }, { captureLog }] = await Promise.all(
        ['src/jobs/handler.ts', 'src/jobs/index.ts', 'src/config.ts', 'test/logs.ts'].map(load),
      );
      const { log, lines } = captureLog();
      const handler = createJobHandler(jobs, loadConfig({}), log) as Handler;
      assert.deepEqual(await failuresOf(handler, [body]), ['0']);
      assert.doesNotMatch(JSON.stringify(lines), /4111/);
    });

  it('that are not done shortly before the function ends are reported, and told to stop', async () => {
    let stopped: unknown;
    const { handler } = createHandler(async (input, { signal }) => {
      if (input === 'quick') return;
      signal.addEventListener('abort', () => (stopped = signal.reason));
      await setTimeout(60_000, undefined, { ref: false });
    });
    const start = performance.now();
    assert.deepEqual(await failuresOf(handler, [work('slow'), work('quick')], 1200), ['0']);
    assert.ok(performance.now() - start < 1200);
    assert.match(String(stopped), /It was not done in \d+ ms\./);
  });

  for (const event of [undefined, {}, { Records: [] }, { Records: [{ eventSource: 'aws:sns' }] }, { rawPath: '/' }])
    it(`are not taken from ${JSON.stringify(event)}`, () =>
      assert.rejects(createHandler(() => Promise.resolve()).handler(event, context(5000)), TypeError));

  it('are sent to the queue that is told, in the words that the handler reads', async () => {
    const heard: string[] = [];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const sent = await text(request);
      heard.push(`${String(request.headers['x-amz-target'])} ${sent}`);
      const { MessageBody } = JSON.parse(sent) as { readonly MessageBody: string };
      const taken = { MessageId: '1', MD5OfMessageBody: hash('md5', MessageBody) };
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(taken));
    };
    const sqs = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
    await once(sqs, 'listening');
    const url = `http://127.0.0.1:${(sqs.address() as AddressInfo).port}`;
    Object.assign(process.env, {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_ENDPOINT_URL_SQS: url,
    });
    const [{ enqueue }, { loadConfig }, { captureLog }] = await Promise.all(
      ['src/jobs/enqueue.ts', 'src/config.ts', 'test/logs.ts'].map(load),
    );
    const queueUrl = `${url}/123456789012/demo-dev-jobs`;
    const { log } = captureLog();
    await enqueue('deliver-message', { text: 'Ahoy' }, { config: loadConfig({ QUEUE_URL: queueUrl }), log });
    for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL_SQS'])
      delete process.env[name];
    sqs.close().closeAllConnections();
    const body = JSON.stringify({ job: 'deliver-message', input: { text: 'Ahoy' } });
    assert.deepEqual(heard, [`AmazonSQS.SendMessage ${JSON.stringify({ QueueUrl: queueUrl, MessageBody: body })}`]);
  });
});
