import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { renderProject } from '../../src/testing.ts';
import type { Gateway } from '../../test/doors/gateways.ts';
import { writeTree } from '../../test/temp-folder.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Emits a project for the gateway, and bundles its door into one file of CommonJS: no loader that a suite brings sees any TypeScript.
 * @returns the path of what a suite is to `--require`
 */
export async function buildPreload(gateway: Gateway, parent: string): Promise<string> {
  const folder = join(parent, gateway);
  const outfile = join(folder, 'preload.cjs');
  writeTree(folder, await renderProject([], { gateway }));
  symlinkSync(here('../../node_modules'), join(folder, 'node_modules'));
  const contents = `
    import { createHandler } from './src/lambda/handler.ts';
    import { createEvent, formatReply } from './scripts/gateway/event.ts';
    import { openDoor } from ${JSON.stringify(here('door.ts'))};
    openDoor({ createHandler, createEvent, formatReply }, process.env.SUITE_REQUESTS);`;
  await build({
    stdin: { contents, resolveDir: folder },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
  });
  return outfile;
}
