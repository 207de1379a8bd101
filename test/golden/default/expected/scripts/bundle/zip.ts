import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';

import { unzipSync, type ZipAttributes, zipSync } from 'fflate';

import { createEvent } from '../gateway/event.ts';
import { layLocal, root } from './packages.ts';

/** A file of the zip. */
export type File = readonly [path: string, content: Uint8Array, mode: number];

/** Packs files so that the same files give the same bytes: Lambda gets no new version when nothing changed. */
export function zip(files: readonly File[]): Uint8Array {
  const sorted = files.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([path, content, mode]): [string, [Uint8Array, ZipAttributes]] => [
    path,
    // The time and the system would be those of this machine.
    [content, { mtime: new Date(1980, 0, 1), os: 3, attrs: (0o100000 | mode) << 16 }],
  ]);
  return zipSync(Object.fromEntries(entries), { level: 9 });
}

/** Unzips dist/lambda.zip into a new empty folder, where this machine can run it. */
export function unpackBundle(): Promise<string> {
  const file = join(root, 'dist/lambda.zip');
  if (!existsSync(file)) throw new Error('There is no dist/lambda.zip yet: run make bundle.');
  return Promise.resolve(unpack(readFileSync(file)));
}

function unpack(archive: Uint8Array): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambda-')));
  for (const [path, content] of Object.entries(unzipSync(archive))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o755 });
  }
  layLocal(folder);
  return folder;
}

/** Its result goes where the app does not write. */
const program = `
import { writeSync } from 'node:fs';
const { handler } = await import(process.cwd() + '/lambda.js');
const context = { awsRequestId: 'bundle', getRemainingTimeInMillis: () => 20_000 };
const { statusCode } = await handler(JSON.parse(process.argv[1]), context);
writeSync(3, String(statusCode));
process.exit();
`;

/**
 * Starts a zip as Lambda does, with nothing around it, and asks for its health.
 * @throws the log and what to write in package.json, when it does not answer
 */
export function start(archive: Uint8Array): void {
  const folder = unpack(archive);
  const request = { method: 'GET', target: '/healthz', headers: [], body: Buffer.of(), address: '192.0.2.1' };
  const event = JSON.stringify(createEvent(request));
  const { output } = spawnSync(
    process.execPath,
    ['--enable-source-maps', '--input-type=module', '-e', program, event],
    {
      cwd: folder,
      env: createEnvironment(folder),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: 30_000,
    },
  );
  rmSync(folder, { recursive: true });
  const [, log, errors, status] = output;
  if (status === '' || Number(status) >= 500)
    throw new Error(explain(`${log}${errors}`.replaceAll(`${folder}/`, '')));
}

/** What Lambda sets, and what the app needs besides according to .env.example. */
function createEnvironment(folder: string): NodeJS.ProcessEnv {
  const file = join(root, '.env.example');
  const example = existsSync(file) ? readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : '';
  const names = {
    AWS_LAMBDA_FUNCTION_NAME: 'bundle',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_REGION: 'eu-west-1',
  };
  return { ...parseEnv(example), ...names, PATH: process.env['PATH'], TZ: ':UTC', LAMBDA_TASK_ROOT: folder };
}

function explain(log: string): string {
  const pattern = /(?:Cannot find (?:module|package)|no such file or directory, \w+) '([^']+)'/;
  const [, missing] = pattern.exec(log) ?? [];
  const advice =
    missing === undefined
      ? 'What the app needs from the environment at its start is taken from .env.example.'
      : `It lacks ${missing}: npm install it, or name it under lambda.external or lambda.files in package.json.`;
  // A line of the bundle itself would fill the screen.
  const lines = log.split('\n').map((line) => line.slice(0, 1000));
  return `${lines.join('\n')}\nThe zip does not answer within 30 s, so it is not kept. ${advice}`;
}
