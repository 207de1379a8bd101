import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';

import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { type Jobs, runJob } from './job.ts';

/** What is kept of the function's time to report what has ended by then. */
const marginMs = 1000;

/**
 * Takes messages of the queue, all of a batch at once, and reports those that failed, which alone are tried again and end
 * in the dead letter queue.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function createJobHandler(jobs: Jobs, config: Config, serviceLog: Logger) {
  async function take(
    { messageId, body, attributes }: SQSRecord,
    signal: AbortSignal,
    batchLog: Logger,
  ): Promise<boolean> {
    const log = batchLog.with({ messageId, attempt: Number(attributes.ApproximateReceiveCount) });
    try {
      await unlessAborted(runJob(jobs, parseMessage(body), { config, log, signal }), signal);
      return true;
    } catch (error) {
      // Without the body, which the dead letter queue has, and which may hold what a log should not.
      log.error('job failed', { error });
      return false;
    }
  }

  return async (event: unknown, context: Context): Promise<SQSBatchResponse> => {
    const records = parseRecords(event);
    const log = serviceLog.with({ requestId: context.awsRequestId });
    // A timer that keeps the process alive, as that of AbortSignal.timeout() does not.
    const stop = new AbortController();
    const limitMs = Math.max(context.getRemainingTimeInMillis() - marginMs, 0);
    const timer = setTimeout(() => stop.abort(new Error(`It was not done in ${limitMs} ms.`)), limitMs);
    const isDone = await Promise.all(records.map((record) => take(record, stop.signal, log)));
    clearTimeout(timer);
    const failed = records.filter((_, index) => !isDone[index]);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** @throws TypeError for the event of any other trigger */
function parseRecords(event: unknown): readonly SQSRecord[] {
  const { Records: records = [] } = (event ?? {}) as Partial<SQSEvent>;
  if (records.length === 0 || records.some(({ eventSource }) => eventSource !== 'aws:sqs'))
    throw new TypeError('Not an event of a queue of SQS.');
  return records;
}

/** @throws SyntaxError or TypeError for a body that names no job; neither quotes it */
function parseMessage(body: string): readonly [job: string, input: unknown] {
  const { job, input = {} } = (parseJson(body) ?? {}) as { readonly job?: unknown; readonly input?: unknown };
  if (typeof job !== 'string') throw new TypeError('The message names no job: it must be {"job": "…", "input": {…}}.');
  return [job, input];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('The message is no JSON.');
  }
}

/** @throws the signal's reason when it aborts first: the others of a batch must not wait for one that never ends */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  // Nobody waits for it any more where the work ends first.
  aborted.catch(() => {});
  await Promise.race([work, aborted]);
}
