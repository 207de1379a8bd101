import * as v from 'valibot';

import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';

/** What a job gets beside its input. */
export interface JobContext {
  readonly config: Config;
  /** Its lines name the job and the message. */
  readonly log: Logger;
  /** Aborts shortly before the function runs out of time; what is not done by then is tried again. */
  readonly signal: AbortSignal;
}

/** Work that no caller waits for. It may be done twice: the queue promises each message at least once. */
export interface Job<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly input: Schema;
  run(input: v.InferOutput<Schema>, context: JobContext): Promise<void>;
}

export type Jobs = Readonly<Record<string, Job>>;

/** @returns the job as it is, with its input typed by its schema */
export function defineJob<Schema extends v.GenericSchema>(job: Job<Schema>): Job<Schema> {
  return job;
}

/**
 * Runs a job, and logs one line when it has ended.
 * @throws Error for a name that no job has, for input that does not fit, and whatever the job throws
 */
export async function runJob(
  jobs: Jobs,
  [name, input]: readonly [string, unknown],
  context: JobContext,
): Promise<void> {
  const start = performance.now();
  const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
  if (job === undefined)
    throw new Error(`There is no job "${name}": src/jobs/index.ts has ${Object.keys(jobs).join(', ')}.`);
  const { success, output, issues } = v.safeParse(job.input, input);
  if (!success) {
    // Without the values, which a log should not hold.
    const faults = issues.map((issue) => {
      const why = issue.received === 'undefined' ? 'is missing' : `does not pass ${issue.type}`;
      return `\n- ${v.getDotPath(issue) ?? 'it'} ${why}`;
    });
    throw new Error(`The input of the job "${name}" is not valid:${faults.join('')}`);
  }
  const log = context.log.with({ job: name });
  await job.run(output, { ...context, log });
  log.info('job', { durationMs: Math.round((performance.now() - start) * 10) / 10 });
}
