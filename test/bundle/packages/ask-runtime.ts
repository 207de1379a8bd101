import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { openRuntimeApi } from '../../doors/runtime-api.ts';
import type { Line } from './line.ts';
import type { Got } from './outcome.ts';
import { createEvent, readResult } from './programs/ask.mts';

/** Lambda's own runtime client; it compiles, so it is there where AWS_LAMBDA_RIC says. */
const client = join(process.env['AWS_LAMBDA_RIC'] ?? '', 'bin/index.mjs');

/** Asks an unpacked zip under the runtime client; undefined where there is none. */
export async function askRuntime(
  task: string,
  { request = {} }: Line,
  env: Readonly<Record<string, string>>,
): Promise<Got | undefined> {
  if (!existsSync(client)) return undefined;
  const api = await openRuntimeApi();
  const runtime = spawn(process.execPath, [client, 'lambda.handler'], {
    cwd: task,
    env: { ...env, AWS_LAMBDA_RUNTIME_API: api.address },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log = text(runtime.stderr);
  try {
    const died = log.then(() => undefined);
    const report = await Promise.race([api.invoke(createEvent(request), 15_000), died]);
    const answer = report?.path.endsWith('/response') === true ? readResult(JSON.parse(report.body)) : undefined;
    runtime.kill('SIGKILL');
    return { answer, log: `${report?.body ?? ''}${await log}` };
  } finally {
    api.close();
  }
}
