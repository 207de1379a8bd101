import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { defineOverlay, renderProject } from '../../../src/testing.ts';
import { type Tree, writeTree } from '../../temp-folder.ts';
import { type Lock, linkPackages, pickLocked, readLock } from './closure.ts';
import type { Line } from './line.ts';

/** What the routes of a line look like to the app. */
const indexes = {
  koa: `
    import { Router } from '@koa/router';
    import { health } from './health.ts';
    import { answer } from './trial.ts';
    function trial(): Router {
      const router = new Router();
      router.get('/trial', async (ctx) => { ctx.body = await answer(); });
      return router;
    }
    export const routes = [health, trial];`,
  express: `
    import { Router } from 'express';
    import { health } from './health.ts';
    import { answer } from './trial.ts';
    function trial(): Router {
      const router = Router();
      router.get('/trial', async (_req, res) => { res.send(await answer()); });
      return router;
    }
    export const routes = [health, trial];`,
  own: `
    import { health } from './health.ts';
    import { route } from './trial.ts';
    export const routes = [health, route];`,
};

/** Emits a project, adds the line's route to it, and installs what it depends on. */
export async function writeProject(folder: string, line: Line, installed: string): Promise<void> {
  const framework = line.framework ?? 'koa';
  const emitted = await renderProject([defineOverlay({ slots: line.slots ?? {} })], { framework });
  const lock = readLock(installed);
  const manifest = extendManifest(emitted['package.json'] ?? '', line, lock);
  const packages = pickLocked(lock, Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  writeTree(folder, {
    ...Object.fromEntries(Object.entries(emitted).filter(([path]) => /^(src|scripts|tsconfig)/.test(path))),
    'package.json': JSON.stringify(manifest, null, 2),
    'package-lock.json': formatLock(manifest, packages),
    'src/routes/index.ts': /^\s*export (function|const) route\b/m.test(line.code) ? indexes.own : indexes[framework],
    'src/routes/trial.ts': line.code,
    ...line.files,
  } satisfies Tree);
  linkPackages(installed, packages, folder);
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), formatLock(manifest, packages));
}

interface Manifest extends Readonly<Record<string, unknown>> {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The zip is for this machine, since it runs here. The tools are those that bundling needs. */
function extendManifest(text: string, line: Line, lock: Lock): Manifest {
  const emitted = JSON.parse(text) as Manifest & { lambda?: object };
  const added = Object.fromEntries(line.packages.map((name) => [name, '*']));
  const tools = Object.entries(emitted.devDependencies).filter(([name]) => lock['']?.dependencies?.[name] !== undefined);
  return {
    ...emitted,
    ...line.manifest,
    lambda: {
      ...emitted.lambda,
      architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
      ...toObject(line.manifest?.['lambda']),
    },
    dependencies: { ...emitted.dependencies, ...added },
    devDependencies: Object.fromEntries(tools),
  };
}

function toObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function formatLock({ name, version, dependencies, devDependencies }: Manifest, packages: Lock): string {
  const root = { name, version, dependencies, devDependencies };
  return JSON.stringify({ name, version, lockfileVersion: 3, requires: true, packages: { '': root, ...packages } }, null, 2);
}
