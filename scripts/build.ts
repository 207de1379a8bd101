/** Writes dist/: the bin, the public API, Yeoman's generators and our overlays, packed. Types are left to tsc. */
import { globSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

// Yeoman takes every FOLDER/index.js, generators/NAME/index.js and dist/generators/NAME/index.js of the package for a
// generator: of ours only the last kind may be called index.
const generators = globSync('generators/*/index.ts', { cwd: root }).map((path) => [path.replace(/\.ts$/, ''), path]);

await rm(outdir, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: { api: 'src/index.ts', testing: 'src/testing.ts', ...Object.fromEntries(generators) },
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  packages: 'external',
});
// Node starts one CommonJS file in half the time that a few modules take: this is why the bin has everything in it that
// `tsflask new --yes` runs, and loads the rest only when it is needed.
await build({
  ...common,
  entryPoints: { cli: 'src/cli.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.dirname': '__dirname' },
  external: ['@clack/prompts', 'semver', 'valibot', 'yaml'],
  minifySyntax: true,
  minifyWhitespace: true,
});
await mkdir(join(outdir, 'overlays'));
for (const [name, text] of Object.entries(packOverlays(loadBuiltInOverlays()))) {
  await writeFile(join(outdir, 'overlays', name), text);
}
