import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { bundle, isCode } from './bundle/esbuild.ts';
import * as packages from './bundle/packages.ts';
import { type File, start, zip } from './bundle/zip.ts';

const { root, manifest, placeOf } = packages;
const { architecture = 'arm64', external = [], files: patterns = [] } = manifest.lambda ?? {};

// Makes dist/lambda.zip, the code of the function: one file of what can be in one, and beside it what cannot. It is
// there only if it was started by itself and answered.
try {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  if (architecture !== 'arm64' && architecture !== 'x86_64')
    throw new Error(`lambda.architecture in package.json is "${architecture}": write arm64 or x86_64.`);
  await makeZip('cjs').catch((error: Error) => {
    // Only a module can wait for what awaits at its top; and lambda.js is one where package.json lies beside it.
    const needsModule = /Top-level await|ERR_REQUIRE_ASYNC_MODULE|in ES module scope/.test(error.message);
    return needsModule ? makeZip('esm') : Promise.reject(error);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function makeZip(format: 'cjs' | 'esm'): Promise<void> {
  const { reasons, beside, bundled } = await bundleAll(format);
  if (bundled.faults.length > 0) throw new Error(bundled.faults.join('\n'));
  const files = [...readBeside(reasons, beside), ...readOwn(bundled.assets), ...bundled.files];
  if (format === 'esm') files.unshift(['package.json', Buffer.from('{"type":"module"}'), 0o644]);
  const sizes = files.map(([path, content]) => [path, content.length] as const);
  for (const [path, reason] of reasons) {
    const bytes = sum(sizes.filter(([name]) => name.startsWith(`${placeOf(path)}/`)));
    console.log(`${formatSize(bytes).padStart(9)}  ${placeOf(path)}  ${reason}`);
  }
  console.log(`The largest files: ${formatLargest(sizes)}`);
  console.log(`The largest packages in lambda.js: ${formatLargest([...bundled.sizes])}`);
  const archive = zip(files);
  const size = `${formatSize(archive.length)}, ${formatSize(sum(sizes))} unpacked`;
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  if (archive.length > 50 * 2 ** 20 || sum(sizes) > 250 * 2 ** 20)
    throw new Error(`The zip has ${size}, where Lambda takes 50 and 250 MB: leave out what is not needed.`);
  start(archive);
  mkdirSync(join(root, 'dist'));
  await writeFile(join(root, 'dist/lambda.zip'), archive);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  console.log(`dist/lambda.zip ${formatSize(archive.length)} sha256:${sha256}`);
}

/** Bundles until no package is found that has to lie beside the bundle. */
async function bundleAll(format: 'cjs' | 'esm') {
  const reasons = new Map(external.map((name) => [locate(name), 'is named in package.json']));
  for (;;) {
    const beside = packages.listClosure(reasons.keys());
    const bundled = await bundle({ format, beside });
    const unseen = bundled.faults.length > 0 ? [] : listUnseen([...bundled.sizes.keys(), ...beside]);
    const found = [...bundled.reasons, ...unseen];
    const added = found.filter(([path]) => !reasons.has(path));
    if (added.length === 0) return { reasons, beside, bundled };
    for (const [path, reason] of added) reasons.set(path, reason);
  }
}

/** What no import leads to is loaded by a name that is made up. */
function listUnseen(seen: readonly string[]): [path: string, reason: string][] {
  const names = Object.keys(manifest.dependencies ?? {}).filter((name) => !name.startsWith('@types/'));
  return names
    .filter((name) => !seen.some((path) => path === locate(name) || path.endsWith(`/node_modules/${name}`)))
    .map((name) => [locate(name), 'is a dependency that no import leads to']);
}

function locate(name: string): string {
  return packages.findPackage(name) ?? `node_modules/${name}`;
}

/** Reads what lies beside the bundle: as it is here, unless something of it is for one platform. */
function readBeside(reasons: ReadonlyMap<string, string>, beside: readonly string[]): File[] {
  const installed = packages.installForFunction(beside);
  return packages.listClosure(reasons.keys(), installed).flatMap((path) => {
    const folder = join(path.includes('node_modules') ? installed : packages.lockFolder, path);
    if (installed !== packages.lockFolder) packages.requireCompiled(path, folder);
    // What is for another platform is here, and not there.
    return existsSync(folder) ? readFiles(folder, placeOf(path)) : [];
  });
}

/** Beside its code lie views, pages and the like, which it may look for in any way; so it may for CommonJS. */
function readOwn(assets: ReadonlySet<string>): File[] {
  const unmatched = patterns.find((pattern) => listFiles(pattern).length === 0);
  if (unmatched !== undefined)
    throw new Error(`lambda.files in package.json has "${unmatched}", which no file matches.`);
  const paths = [...listFiles('src/**/*'), ...assets].filter(
    (path) => !isCode(path) || path.endsWith('.cjs'),
  );
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

type Sizes = readonly (readonly [path: string, bytes: number])[];

function sum(sizes: Sizes): number {
  return sizes.reduce((total, [, bytes]) => total + bytes, 0);
}

function formatLargest(sizes: Sizes): string {
  const largest = sizes.toSorted(([, a], [, b]) => b - a).slice(0, 10);
  return largest.map(([path, bytes]) => `${packages.nameOf(path)} ${formatSize(bytes)}`).join(', ');
}

function formatSize(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
