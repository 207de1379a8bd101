/** Writes dist/: the bin, the public API, Yeoman's generators and our overlays, packed. Types are left to tsc. */
import { globSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { loadBuiltInOverlays } from '../src/project/built-in-overlays.ts';
import { packOverlays } from '../src/project/packed-overlays.ts';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist');

/** What is built reads our overlays packed, not from templates/. */
const packedOverlays: Plugin = {
  name: 'packed-overlays',
  setup(bundler) {
    bundler.onResolve({ filter: /\/built-in-overlays\.ts$/ }, () => ({ path: join(root, 'src/project/packed-overlays.ts') }));
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node22.18',
  plugins: [packedOverlays],
  logLevel: 'warning',
};

/** Reads on any Node.js, and goes on to the program only on one that can run it. */
const bin = `#!/usr/bin/env node
'use strict';
var complaint = require('./node-version.cjs').complaint;
if (complaint) {
  console.error('✖ ' + complaint);
  process.exitCode = 1;
} else require('./tsflask.cjs');
`;

/** The same for `yo`: a module is run before those that are named behind it, and Yeoman's own fail on an old Node.js in their way. */
const generatorEntry = `import '../../require-node.cjs';
export { default } from './generator.js';
`;
const requireNode = `'use strict';
var complaint = require('./node-version.cjs').complaint;
if (complaint) throw new Error(complaint);
`;

// Yeoman takes every FOLDER/index.js, generators/NAME/index.js and dist/generators/NAME/index.js of the package for a
// generator: of ours only the last kind may be called index.
const generators = globSync('generators/*/index.ts', { cwd: root }).map((path) => dirname(path));

await rm(outdir, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: {
    api: 'src/index.ts',
    testing: 'src/testing.ts',
    ...Object.fromEntries(generators.map((folder) => [`${folder}/generator`, `${folder}/index.ts`])),
  },
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  packages: 'external',
});
// Node starts one CommonJS file in half the time that a few modules take: this is why the bin has everything in it that
// `tsflask new --yes` runs, and loads the rest only when it is needed.
await build({
  ...common,
  entryPoints: { tsflask: 'src/cli.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.dirname': '__dirname' },
  external: ['@clack/prompts', 'diff', 'jsonc-parser', 'node-diff3', 'semver', 'valibot', 'yaml'],
  minifySyntax: true,
  minifyWhitespace: true,
});
await copyFile(join(root, 'src/node-version.cjs'), join(outdir, 'node-version.cjs'));
await writeFile(join(outdir, 'cli.cjs'), bin, { mode: 0o755 });
await writeFile(join(outdir, 'require-node.cjs'), requireNode);
for (const folder of generators) await writeFile(join(outdir, folder, 'index.js'), generatorEntry);
await mkdir(join(outdir, 'overlays'));
for (const [name, text] of Object.entries(packOverlays(loadBuiltInOverlays()))) {
  await writeFile(join(outdir, 'overlays', name), text);
}
