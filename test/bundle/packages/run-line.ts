import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { askZip } from './ask-zip.ts';
import { makeFolder } from './install.ts';
import type { Line } from './line.ts';
import { type Outcome, readAnswers, type SourcesOutcome } from './outcome.ts';
import { writeProject } from './project.ts';
import { type Ended, plainEnvironment, runNode } from './run-node.ts';

const program = join(import.meta.dirname, 'programs/sources.mts');

/** Emits a project for a line, asks it through both doors, bundles it, and asks what is in the zip. */
export async function runLine(line: Line, installed: string): Promise<Outcome> {
  const folder = makeFolder();
  try {
    await writeProject(folder, line, installed);
    if (line.prepare !== undefined) await prepare(folder, line.prepare, installed);
    const [answers, bundled] = await Promise.all([askSources(folder, line), bundle(folder)]);
    if (bundled.status === 'bad') return { ...answers, refusal: bundled.output };
    return { ...answers, ...(await askZip(join(folder, 'dist/lambda.zip'), line, installed)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a package has native code, it installs for the function: from what npm has kept, without the scripts that did not run here. */
function bundle(folder: string): Promise<Ended> {
  return runNode(['scripts/bundle.ts'], folder, {
    ...plainEnvironment,
    npm_config_prefer_offline: 'true',
    npm_config_ignore_scripts: 'true',
  });
}

async function prepare(folder: string, [script, ...args]: NonNullable<Line['prepare']>, installed: string): Promise<void> {
  const { status, output } = await runNode([join(installed, 'node_modules', script), ...args], folder, {
    ...plainEnvironment,
    // Prisma would fetch an engine, which generating does not need.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
  });
  if (status === 'bad') throw new Error(output);
}

async function askSources(folder: string, { request = {} }: Line): Promise<SourcesOutcome> {
  const [requestFile, answerFile] = [join(folder, 'request.json'), join(folder, 'answers.json')];
  writeFileSync(requestFile, JSON.stringify(request));
  const { output: log } = await runNode([program, requestFile, answerFile], folder);
  const { server, handler } = readAnswers(answerFile);
  return { server: { answer: server, log }, handler: { answer: handler, log } };
}
