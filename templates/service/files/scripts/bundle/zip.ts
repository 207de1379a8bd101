import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

import { unzipSync, zipSync, type ZipAttributes } from 'fflate';

import { createEvent } from '../gateway/event.ts';
import { isNative } from './native.ts';
import { findPackage, loadProject, type Project, readManifest } from './packages.ts';

/** By path in the zip. */
export type ZipEntries = ReadonlyMap<string, ZipEntry>;

export interface ZipEntry {
  readonly content: Uint8Array;
  readonly mode: number;
}

/** Reads a file, or a folder with all that is in it but the packages installed there and the maps of sources. */
export function readEntries(source: string, path: string): [path: string, entry: ZipEntry][] {
  const stats = statSync(source);
  if (!stats.isDirectory())
    return [[path, { content: readFileSync(source), mode: (stats.mode & 0o100) === 0 ? 0o644 : 0o755 }]];
  const names = readdirSync(source).filter((name) => name !== 'node_modules' && !name.endsWith('.js.map'));
  return names.flatMap((name) => readEntries(join(source, name), join(path, name)));
}

/** Packs files so that the same files give the same bytes: Lambda gets no new version when nothing changed. */
export function zip(entries: ZipEntries): Uint8Array {
  const sorted = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const files = sorted.map(([path, { content, mode }]): [string, [Uint8Array, ZipAttributes]] => [
    path,
    // The time and the system would be those of this machine.
    [content, { mtime: new Date(1980, 0, 1), os: 3, attrs: (0o100000 | mode) << 16 }],
  ]);
  return zipSync(Object.fromEntries(files), { level: 9 });
}

/** Unzips dist/lambda.zip into a new empty folder, where this machine can run it. */
export function unpackBundle(): Promise<string> {
  const root = realpathSync(fileURLToPath(new URL('../..', import.meta.url)));
  const file = join(root, 'dist/lambda.zip');
  if (!existsSync(file)) throw new Error('There is no dist/lambda.zip yet: run make bundle.');
  return Promise.resolve(unpack(readFileSync(file), loadProject(root)));
}

export function unpack(archive: Uint8Array, project: Project): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambda-')));
  for (const [path, content] of Object.entries(unzipSync(archive))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content, { mode: 0o755 });
  }
  const { os, cpu } = project.platform;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const isAlike = process.platform === os && process.arch === cpu && header.glibcVersionRuntime !== undefined;
  if (!isAlike) layInNative(folder, project);
  return folder;
}

/** Lays the packages with native code that this machine runs over those that the function does. */
function layInNative(folder: string, project: Project): void {
  const laidIn = new Set<string>();
  const layIn = (source: string, target: string): void => {
    cpSync(source, target, { recursive: true, filter: (file) => basename(file) !== 'node_modules' });
    laidIn.add(readManifest(source).name);
    for (const name of Object.keys(readManifest(source).optionalDependencies ?? {})) {
      const variant = findPackage(name, source);
      const place = join(folder, 'node_modules', name);
      if (variant !== undefined && !existsSync(place)) layIn(variant, place);
    }
  };
  for (const path of globSync('**/node_modules/{*,@*/*}/package.json', { cwd: folder })) {
    const target = join(folder, dirname(path));
    const { name, version } = readManifest(target);
    const source = findPackage(name, project.root);
    if (source === undefined || readManifest(source).version !== version) continue;
    if (isNative(project, source)) layIn(source, target);
  }
  const platform = `${process.platform} ${process.arch}`;
  if (laidIn.size > 0) console.log(`From node_modules, for ${platform}: ${[...laidIn].join(', ')}`);
}

/** Its result goes where the app does not write. */
const program = `import(process.cwd() + '/lambda.js').then(async ({ handler }) => {
  const context = { awsRequestId: 'bundle', getRemainingTimeInMillis: () => 20_000 };
  const result = await handler(JSON.parse(process.argv[1]), context);
  require('node:fs').writeSync(3, JSON.stringify(result));
  process.exit();
});`;

/**
 * Starts a zip as Lambda does, with nothing around it, and asks for its health.
 * @returns why it does not answer, and what to write so that it does
 */
export async function start(archive: Uint8Array, project: Project): Promise<string | undefined> {
  const folder = unpack(archive, project);
  const options = ['--enable-source-maps', '-e', program, JSON.stringify(createHealthCheck())];
  const child = spawn(process.execPath, options, {
    cwd: folder,
    env: createEnvironment(project.root, folder),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  const outputs = Promise.all(child.stdio.slice(1).map((stream) => text(stream as Readable)));
  await once(child, 'close');
  rmSync(folder, { recursive: true });
  const [log = '', errors = '', result = ''] = await outputs;
  const { statusCode = 500 } = JSON.parse(result || '{}') as { statusCode?: number };
  return statusCode === 500 ? explain(`${log}${errors}`.replaceAll(`${folder}/`, ''), project) : undefined;
}

function createHealthCheck(): object {
  const request = { method: 'GET', target: '/healthz', headers: [], body: Buffer.of(), address: '192.0.2.1' };
  return createEvent(request);
}

/** What Lambda sets, and what the app needs besides according to .env.example. */
function createEnvironment(root: string, folder: string): NodeJS.ProcessEnv {
  const example = join(root, '.env.example');
  return {
    ...(existsSync(example) ? parseEnv(readFileSync(example, 'utf8').replace(/^\uFEFF/, '')) : {}),
    PATH: process.env['PATH'],
    TZ: ':UTC',
    AWS_REGION: 'eu-west-1',
    AWS_LAMBDA_FUNCTION_NAME: 'bundle',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    LAMBDA_TASK_ROOT: folder,
  };
}

function explain(log: string, { root }: Project): string {
  const pattern = /(?:Cannot find (?:module|package)|no such file or directory, \w+) '([^']+)'/;
  const missing = pattern.exec(log)?.[1] ?? '';
  const [name = ''] = /^(@[^/]+\/)?[^/]+/.exec(missing) ?? [];
  let advice = 'What the app needs from the environment at its start is taken from .env.example.';
  if (missing !== '' && existsSync(join(root, missing)))
    advice = `It lacks ${missing}: write "files": ["${missing}"] under "lambda" in package.json.`;
  else if (findPackage(name, root) !== undefined)
    advice = `It lacks ${missing}: write "external": ["${name}"] under "lambda" in package.json.`;
  else if (missing !== '') advice = `It lacks ${missing}: npm install it.`;
  // A line of the bundle itself would fill the screen.
  const lines = log.split('\n').map((line) => line.slice(0, 1000));
  return `${lines.join('\n')}\nThe zip does not answer within 30 s, so it is not kept. ${advice}`;
}
