import { loadConfig } from '../src/config.ts';
import { jobs } from '../src/jobs/index.ts';
import { runJob } from '../src/jobs/job.ts';
import { createServiceLogger } from '../src/log.ts';
import { main } from './command.ts';

// Runs a job on this machine: NAME=deliver-message INPUT='{"text": "…"}' node scripts/job.ts
await main(async () => {
  const { NAME: name = '', INPUT: input } = process.env;
  const config = loadConfig(process.env);
  const stop = new AbortController();
  const context = { config, log: createServiceLogger(config), signal: stop.signal };
  await runJob(jobs, [name, parse(input || '{}')], context);
});

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new Error(`INPUT is no JSON: ${input}`, { cause: error });
  }
}
