import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Suite } from './suites.ts';

/** A suite in its folder, ready to run. */
export interface Checkout {
  readonly folder: string;
  /** As its package.json has it. */
  readonly version: string;
}

/**
 * Installs what a suite needs, once.
 * @returns undefined if it lies nowhere below this folder
 */
export function prepareCheckout({ name, build }: Suite, parent: string): Checkout | undefined {
  const folder = join(parent, name);
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return undefined;
  const run = ([command, ...args]: readonly [string, ...string[]]) =>
    execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(join(folder, 'node_modules'))) {
    run(['npm', 'install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  if (build !== undefined) run(build);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return { folder, version };
}
