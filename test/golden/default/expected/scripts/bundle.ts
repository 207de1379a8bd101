import { hash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Bundle, bundle, isCode, type Order } from './bundle/esbuild.ts';
import * as packages from './bundle/packages.ts';
import { type File, zip } from './bundle/zip.ts';
import { main } from './command.ts';

const { root, manifest } = packages;
const { external = [], files: patterns = [] } = manifest.lambda ?? {};

// Makes dist/lambda.zip, the code of the function: one file of what can be in one, and beside it what cannot.
await main(async () => {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const files = await readAll('cjs').catch((error: Error) =>
    /Top-level await|ES module/.test(error.message) ? readAll('esm') : Promise.reject(error),
  );
  const archive = zip(files);
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/lambda.zip'), archive);
  console.log(`dist/lambda.zip ${(archive.length / 1e3).toFixed(1)} kB sha256:${hash('sha256', archive)}`);
});

async function readAll(format: Order['format']): Promise<File[]> {
  const { files: code, assets, beside, reasons } = await bundleAll(format);
  const files = [...readBeside(reasons, beside), ...readOwn(assets), ...code];
  if (format === 'esm') files.unshift(['package.json', Buffer.from('{"type":"module"}'), 0o644]);
  else if (files.some(([path]) => path === 'package.json'))
    throw new Error('lambda.js is an ES module where package.json lies beside it and says so.');
  for (const [path, reason] of reasons) console.log(`${path} lies beside lambda.js: it ${reason}`);
  return files;
}

/** Bundles until no package is found that has to lie beside the bundle. */
async function bundleAll(format: Order['format']): Promise<Bundle & Order> {
  const reasons = new Map(external.map((name) => [packages.findPackage(name), 'is named in package.json']));
  for (;;) {
    const known = reasons.size;
    const order = { format, beside: packages.listClosure(reasons.keys()) };
    // What fails may do so inside a package that does not belong there.
    const bundled = await bundle(order, reasons).catch((error: Error) => error);
    if (bundled instanceof Error && reasons.size === known) throw bundled;
    if (!(bundled instanceof Error)) addUnseen([...bundled.packages, ...order.beside], reasons);
    if (!(bundled instanceof Error) && reasons.size === known) return { ...bundled, ...order };
  }
}

/** Adds dependencies that no import leads to: they are loaded by a name that is made up. */
function addUnseen(seen: readonly string[], reasons: Map<string, string>): void {
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const isSeen = seen.some((path) => path === packages.findPackage(name) || path.endsWith(`/node_modules/${name}`));
    if (!isSeen && !name.startsWith('@types/'))
      reasons.set(packages.findPackage(name), 'is a dependency that no import leads to');
  }
}

/** Reads what lies beside the bundle: as it is here, unless something of it is for one platform. */
function readBeside(reasons: Bundle['reasons'], beside: readonly string[]): File[] {
  const installed = packages.installForFunction(beside);
  return packages.listClosure(reasons.keys(), installed).flatMap((path) => {
    const folder = join(path.includes('node_modules') ? installed : packages.lockFolder, path);
    // What is for another platform is here, and not there.
    return existsSync(folder) ? readFiles(folder, path) : [];
  });
}

/** Reads views, pages and the like beside the code, all of them, since it may make up their paths; CommonJS likewise. */
function readOwn(assets: ReadonlySet<string>): File[] {
  const unmatched = patterns.find((pattern) => listFiles(pattern).length === 0);
  if (unmatched !== undefined)
    throw new Error(`lambda.files in package.json has "${unmatched}", which no file matches.`);
  const paths = [...listFiles('src/**/*'), ...assets].filter((path) => !isCode(path) || path.endsWith('.cjs'));
  return [...paths, ...patterns.flatMap(listFiles)].flatMap((path) => readFiles(join(root, path), path));
}

/** Reads a file, or a folder with all that is in it but the packages installed there and the maps of sources. */
function readFiles(source: string, path: string): File[] {
  const stats = statSync(source);
  if (!stats.isDirectory()) return [[path, readFileSync(source), (stats.mode & 0o100) === 0 ? 0o644 : 0o755]];
  const names = readdirSync(source).filter((name) => name !== 'node_modules' && !name.endsWith('.js.map'));
  return names.flatMap((name) => readFiles(join(source, name), join(path, name)));
}

function listFiles(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).filter((path) => statSync(join(root, path)).isFile());
}
