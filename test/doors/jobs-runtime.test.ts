import assert from 'node:assert/strict';
import { needClient, type Runtime, startRuntime } from './runtime-process.ts';

/** A job with the ways to end. */
const source = `
  import * as v from 'valibot';
  import { defineJob } from './job.ts';
  const work = defineJob({
    input: v.object({ way: v.string() }),
    async run({ way }, { log }) {
      if (way === 'throw') throw new Error('thrown by the job');
      if (way === 'never') await new Promise(() => {});
      log.info('worked', { way });
    },
  });
  export const jobs = { 'deliver-message': work };
`;

describe('the jobs of the bundle under the runtime client of Lambda', function () {
  this.timeout(60_000);
  let runtime: Runtime;

  before(async function () {
    needClient(this);
    const manifest = { dependencies: { 'serverless-http': '4.0.0', valibot: '^1.5.0' } };
    const options = { manifest, answers: { with: ['jobs'] }, files: { 'src/jobs/index.ts': source } };
    runtime = await startRuntime(options, { _HANDLER: 'jobs.handler' });
  });
  after(() => runtime?.close());

  const ask = async (ways: readonly string[], limitMs?: number): Promise<unknown> => {
    const records = ways.map((way, index) => ({
      messageId: String(index),
      eventSource: 'aws:sqs',
      body: JSON.stringify({ job: 'deliver-message', input: { way } }),
      attributes: { ApproximateReceiveCount: '1' },
    }));
    const { body } = await runtime.api.invoke({ Records: records }, limitMs);
    return JSON.parse(body);
  };

  it('report what failed of a batch, one batch after the other in one process', async () => {
    assert.deepEqual(await ask(['well', 'throw', 'well']), { batchItemFailures: [{ itemIdentifier: '1' }] });
    assert.deepEqual(await ask(['well']), { batchItemFailures: [] });
    assert.match(runtime.output(), /"message":"worked".*"job":"deliver-message"/);
  });

  it('report what is not done shortly before the deadline, and go on', async () => {
    assert.deepEqual(await ask(['never', 'well'], 1500), { batchItemFailures: [{ itemIdentifier: '0' }] });
    assert.deepEqual(await ask(['well']), { batchItemFailures: [] });
  });

  it('fail for the event of another trigger', async () => {
    const { path, body } = await runtime.api.invoke({ rawPath: '/' });
    assert.match(path, /\/error$/);
    assert.match(body, /Not an event of a queue/);
  });
});
