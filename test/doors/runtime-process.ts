import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { unzipSync } from 'fflate';

import { bundle, emitProject, type ProjectOptions } from '../bundle/project.ts';
import { writeTree } from '../temp-folder.ts';
import { openRuntimeApi, type RuntimeApi } from './runtime-api.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const client = join(process.env['AWS_LAMBDA_RIC'] ?? join(root, 'node_modules/aws-lambda-ric'), 'index.mjs');

export interface Runtime {
  readonly api: RuntimeApi;
  readonly process: ChildProcess;
  /** What the function printed. */
  readonly output: () => string;
  readonly close: () => void;
}

/** Skips a suite where there is no runtime client. */
export function needClient(suite: Mocha.Context): void {
  if (existsSync(client)) return;
  console.log('      skipped: aws-lambda-ric is not installed; AWS_LAMBDA_RIC may name its folder');
  suite.skip();
}

/**
 * Bundles a project, and runs the zip under the runtime client of Lambda.
 * @param more - environment variables that Lambda sets for some functions
 */
export async function startRuntime(options: ProjectOptions, more: Readonly<Record<string, string>> = {}): Promise<Runtime> {
  const project = await emitProject(options);
  const { status, output } = bundle(project);
  if (status !== 0) throw new Error(output);
  const folder = mkdtempSync(join(tmpdir(), 'runtime-'));
  writeTree(folder, unzipSync(readFileSync(join(project, 'dist/lambda.zip'))));
  const api = await openRuntimeApi();
  const env = { PATH: process.env['PATH'], AWS_LAMBDA_RUNTIME_API: api.address, LAMBDA_TASK_ROOT: folder };
  const variables = {
    AWS_LAMBDA_FUNCTION_NAME: 'test',
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_LOG_GROUP_NAME: '/test/dev/function',
    AWS_LAMBDA_LOG_STREAM_NAME: 'test',
    _HANDLER: 'lambda.handler',
    ...more,
  };
  const child = spawn(process.execPath, [client, 'lambda.handler'], {
    cwd: folder,
    env: { ...env, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (printed += String(piece)));
  const close = (): void => {
    child.kill('SIGKILL');
    api.close();
    rmSync(folder, { recursive: true });
  };
  return { api, process: child, output: () => printed, close };
}
