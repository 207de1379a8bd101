import type * as v from 'valibot';

import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { jobs } from './index.ts';
import { runJob } from './job.ts';

type Name = keyof typeof jobs;

/**
 * Sends a job to the queue, which has it done soon after; where there is no queue, such as on a laptop, does it at once.
 * @throws whatever SQS refuses the message for, and without a queue whatever the job throws
 */
export async function enqueue<Job extends Name>(
  job: Job,
  input: v.InferInput<(typeof jobs)[Job]['input']>,
  { config, log }: { readonly config: Config; readonly log: Logger },
): Promise<void> {
  const { queueUrl } = config;
  if (queueUrl === undefined) return runJob(jobs, [job, input], { config, log, signal: new AbortController().signal });
  const { client, SendMessageCommand } = await (loading ??= loadClient());
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ job, input }) }));
}

let loading: ReturnType<typeof loadClient> | undefined;

/** Loaded with the first message, since it would double the time that the service takes to start. */
async function loadClient() {
  const { SendMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  return { client: new SQSClient(), SendMessageCommand };
}
