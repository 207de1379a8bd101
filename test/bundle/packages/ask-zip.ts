import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { unzipSync } from 'fflate';

import { writeTree } from '../../temp-folder.ts';
import { askRuntime } from './ask-runtime.ts';
import { linkPackages, pickLocked, readLock } from './closure.ts';
import type { Layer, Line } from './line.ts';
import { type Got, readAnswers, type ZipOutcome } from './outcome.ts';
import { runNode } from './run-node.ts';

/** What Lambda sets, and what Terraform sets for many services. */
const lambdaEnvironment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  NODE_ENV: 'production',
  _HANDLER: 'lambda.handler',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_REGION: 'eu-west-1',
  AWS_LAMBDA_FUNCTION_NAME: 'test',
  AWS_LAMBDA_FUNCTION_VERSION: '1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
};

/** Unpacks a zip into a new folder, with nothing of a project around it, and asks what is in there. */
export async function askZip(zip: string, line: Line, installed: string): Promise<ZipOutcome> {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-zip-')));
  const task = join(parent, 'task');
  const environment = { ...lambdaEnvironment, LAMBDA_TASK_ROOT: task };
  try {
    writeTree(task, unzipSync(readFileSync(zip)));
    cpSync(join(import.meta.dirname, 'programs'), join(parent, 'programs'), { recursive: true });
    const outcome = { zip: await askProgram(parent, line, environment) };
    if (line.runtime !== undefined) return { ...outcome, runtime: await askRuntime(task, line, environment) };
    if (line.layer === undefined) return outcome;
    const layer = writeLayer(join(parent, 'opt'), line.layer, installed);
    return { ...outcome, layered: await askProgram(parent, line, { ...environment, ...layer }) };
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

async function askProgram(parent: string, { request = {} }: Line, env: Readonly<Record<string, string>>): Promise<Got> {
  const [requestFile, answerFile] = [join(parent, 'request.json'), join(parent, 'answers.json')];
  writeFileSync(requestFile, JSON.stringify(request));
  rmSync(answerFile, { force: true });
  const { output: log } = await runNode([join(parent, 'programs/zip.mts'), requestFile, answerFile], join(parent, 'task'), env);
  return { answer: readAnswers(answerFile)['zip'], log };
}

/** Lays a layer out as it would lie in /opt, and gives the environment that loads it. */
function writeLayer(folder: string, { packages, program }: Layer, installed: string): Record<string, string> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'wrapper.cjs'), program);
  linkPackages(installed, pickLocked(readLock(installed), packages), join(folder, 'nodejs'));
  return { NODE_OPTIONS: `--require ${join(folder, 'wrapper.cjs')}`, NODE_PATH: join(folder, 'nodejs/node_modules') };
}
