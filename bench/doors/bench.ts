import assert from 'node:assert/strict';
import { execFileSync, fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { unzipSync, zipSync } from 'fflate';

import { emitProject } from './project.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const invoker = `${here}invoke.cjs`;
const contestants = readdirSync(`${here}contestants`).flatMap((file) => (file === 'koa-app.js' ? [] : [file.replace('.js', '')]));
const names = ['ours', ...contestants];
const base = 'serverless-http';
const env = { ...process.env, LOG_LEVEL: 'silent' };

/** Each contestant as its users bundle it: plainly; ours is what `make bundle` makes of an emitted project. */
async function bundle(name: string): Promise<{ file: string; bytes: number; zipped: number }> {
  const code = await (name === 'ours' ? bundleProject() : bundlePlainly(name));
  const file = `${here}dist/${name}.cjs`;
  writeFileSync(file, code);
  return { file, bytes: code.length, zipped: zipSync({ 'lambda.js': code }, { level: 9 }).length };
}

function bundleProject(): Uint8Array {
  const project = `${here}dist/project`;
  execFileSync(process.execPath, [`${project}/scripts/bundle.ts`], { stdio: ['ignore', 'ignore', 'inherit'] });
  return unzipSync(readFileSync(`${project}/dist/lambda.zip`))['lambda.js'] ?? assert.fail();
}

async function bundlePlainly(name: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [`contestants/${name}.js`],
    bundle: true,
    platform: 'node',
    target: 'node22.18',
    format: 'cjs',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** From spawning Node to its first answer. */
function measureCold(file: string): number {
  const start = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [invoker, 'cold', file], { encoding: 'utf8', env });
  if (stdout !== '200') throw new Error(`${file} answered ${stdout} ${stderr}`);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
}

function format(values: readonly number[], others: readonly number[]): string {
  // Pair by pair, so that a machine that slows down slows both.
  const ratio = median(values.map((value, at) => value / (others[at] ?? value)));
  const [low, high] = [quantile(values, 0.1), quantile(values, 0.9)].map((value) => value.toFixed(1));
  return `${median(values).toFixed(1)} (${low} to ${high}) × ${ratio.toFixed(2)}`;
}

await emitProject();
const bundles = new Map(await Promise.all(names.map(async (name) => [name, await bundle(name)] as const)));
const cold = new Map<string, number[]>(names.map((name) => [name, []]));
const warm = new Map<string, number[]>(names.map((name) => [name, []]));

for (let round = 0; round < 21; round += 1) for (const [name, { file }] of bundles) cold.get(name)?.push(measureCold(file));

const children = new Map<string, ChildProcess>();
for (const [name, { file }] of bundles) {
  const child = fork(invoker, ['warm', file], { env });
  await once(child, 'message');
  children.set(name, child);
}
for (let round = 0; round < 41; round += 1)
  for (const [name, child] of children) {
    child.send(2000);
    const [microseconds] = (await once(child, 'message')) as [number];
    warm.get(name)?.push(microseconds);
  }
for (const child of children.values()) child.kill();

const coldBase = cold.get(base) ?? [];
const warmBase = warm.get(base) ?? [];
console.table(
  Object.fromEntries(
    [...bundles].map(([name, { bytes, zipped }]) => [
      name,
      {
        'bundle kB': Math.round(bytes / 1000),
        'zip kB': Math.round(zipped / 1000),
        'cold ms (10 to 90 %)': format(cold.get(name) ?? [], coldBase),
        'warm CPU µs (10 to 90 %)': format(warm.get(name) ?? [], warmBase),
      },
    ]),
  ),
);
console.log(`× is the ratio to ${base} in the same run. Node ${process.version}.`);
