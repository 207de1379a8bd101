import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { unzipSync, zipSync } from 'fflate';

import { renderProject } from '../../src/testing.ts';
import { type Tree, writeTree } from '../../test/temp-folder.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const work = realpathSync(mkdtempSync(join(tmpdir(), 'bench-bundle-')));
/** Below what npm has installed, and its package-lock.json. */
const project = join(here, 'dist/project');
const invoker = fileURLToPath(new URL('../doors/invoke.cjs', import.meta.url));

/** A route that uses all of them; only what is imported is loaded, as in any service. */
const route = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  import { S3Client } from '@aws-sdk/client-s3';
  import { Router } from '@koa/router';
  import axios from 'axios';
  import bcrypt from 'bcryptjs';
  import { format } from 'date-fns';
  import Handlebars from 'handlebars';
  import { Redis } from 'ioredis';
  import jwt from 'jsonwebtoken';
  import lodash from 'lodash';
  import { MongoClient } from 'mongodb';
  import { nanoid } from 'nanoid';
  import nodemailer from 'nodemailer';
  import pg from 'pg';
  import { pino } from 'pino';
  import { z } from 'zod';
  const used = [DynamoDBClient, S3Client, axios, bcrypt, format, Handlebars, Redis, jwt, lodash, MongoClient, nanoid, nodemailer, pg, pino, z];
  export const trial = () => new Router().get('/trial', (ctx) => { ctx.body = used.map(String).length; });`;

const routes = `
  import { health } from './health.ts';
  import { hello } from './hello.ts';
  import { trial } from './trial.ts';
  export const routes = [health, hello, trial];`;

async function emitProject(): Promise<void> {
  const emitted = await renderProject([]);
  const manifest = JSON.parse(emitted['package.json'] ?? '') as { dependencies: Readonly<Record<string, string>> };
  const own = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')) as typeof manifest;
  const dependencies = { ...own.dependencies, ...manifest.dependencies };
  writeTree(project, {
    ...Object.fromEntries(Object.entries(emitted).filter(([path]) => /^(src|scripts|tsconfig)/.test(path))),
    'package.json': JSON.stringify({ ...manifest, dependencies }),
    'src/routes/trial.ts': route,
    'src/routes/index.ts': routes,
  });
}

/** What each contestant uploads. */
const contestants: Readonly<Record<string, () => Promise<Tree>>> = {
  esbuild: bundlePlainly,
  ours: bundleOurs,
  node_modules: packModules,
};

async function bundlePlainly(): Promise<Tree> {
  return { 'lambda.js': await bundleWith('bundle') };
}

function bundleOurs(): Promise<Tree> {
  console.log(execFileSync(process.execPath, [join(project, 'scripts/bundle.ts')], { cwd: project, encoding: 'utf8' }));
  return Promise.resolve(unzipSync(readFileSync(join(project, 'dist/lambda.zip'))));
}

/** The app in one file, and every package as npm installed it. */
async function packModules(): Promise<Tree> {
  const tools = ['.bin', '.cache', '@esbuild', 'esbuild', 'fflate'];
  const paths = globSync('node_modules/**', { cwd: here, exclude: (path) => tools.includes(basename(path)) });
  const files = paths.filter((path) => !path.endsWith('.js.map') && statSync(join(here, path)).isFile());
  return {
    ...Object.fromEntries(files.map((path) => [path, readFileSync(join(here, path))])),
    'lambda.js': await bundleWith('external'),
  };
}

async function bundleWith(packages: 'bundle' | 'external'): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: ['src/lambda.ts'],
    bundle: true,
    platform: 'node',
    target: 'node22.18',
    format: 'cjs',
    packages,
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.contents ?? assert.fail();
}

/** From spawning Node to its first answer, with the packages all loaded. */
function measureCold(folder: string): number {
  const start = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [invoker, 'cold', join(folder, 'lambda.js')], { encoding: 'utf8' });
  assert.match(stdout, /200$/, stderr);
  return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;
}

await emitProject();
const rows = new Map<
  string,
  { readonly folder: string; readonly files: number; readonly zipped: number; readonly bytes: number; readonly cold: number[] }
>();
for (const [name, pack] of Object.entries(contestants)) {
  const tree = (await pack()) as Readonly<Record<string, Uint8Array>>;
  const folder = join(work, `${name} unzipped`);
  writeTree(folder, tree);
  // What is a module is so by its extension here, as in a function without a package.json.
  if (tree['package.json'] === undefined) writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  const bytes = Object.values(tree).reduce((sum, { length }) => sum + length, 0);
  rows.set(name, { folder, files: Object.keys(tree).length, bytes, zipped: zipSync({ ...tree }, { level: 9 }).length, cold: [] });
}
for (let round = 0; round < 15; round += 1) for (const { folder, cold } of rows.values()) cold.push(measureCold(folder));

for (const folder of [work, project]) rmSync(folder, { recursive: true });

const base = rows.get('esbuild')?.cold ?? [];
console.table(
  Object.fromEntries(
    Array.from(rows, ([name, { files, zipped, bytes, cold }]) => {
      const ratio = quantile(
        cold.map((value, at) => value / (base[at] ?? value)),
        0.5,
      );
      const [low, mid, high] = [0.1, 0.5, 0.9].map((share) => quantile(cold, share).toFixed(0));
      return [
        name,
        {
          files,
          'zip kB': Math.round(zipped / 1000),
          'unpacked kB': Math.round(bytes / 1000),
          'cold ms (10 to 90 %)': `${mid} (${low} to ${high}) × ${ratio.toFixed(2)}`,
        },
      ];
    }),
  ),
);
console.log(`× is the ratio to plain esbuild in the same run. Node ${process.version}.`);
