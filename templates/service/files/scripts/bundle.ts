import { createHash } from 'node:crypto';
import { globSync, mkdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Bundle, bundleEntry, type Entry } from './bundle/esbuild.ts';
import { placeForFunction } from './bundle/native.ts';
import {
  findPackage,
  loadProject,
  packageName,
  placePackages,
  type Places,
  type Project,
} from './bundle/packages.ts';
import { readEntries, start, zip, type ZipEntries, type ZipEntry } from './bundle/zip.ts';

/** What goes into the zip. */
interface Parts {
  readonly bundles: readonly Bundle[];
  readonly format: Entry['format'];
  /** By folder of a package that lies beside the bundle, why. */
  readonly reasons: ReadonlyMap<string, string>;
  /** Those packages, with all that they depend on. */
  readonly places: Places;
}

// Makes dist/lambda.zip, the code of the function: one file of what can be in one, and beside it what cannot. It is
// there only if it was started by itself and answered.
const root = realpathSync(fileURLToPath(new URL('..', import.meta.url)));
try {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const archive = await createArchive(loadProject(root), 'cjs');
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/lambda.zip'), archive);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  console.log(`dist/lambda.zip ${formatSize(archive.length)} sha256:${sha256}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function createArchive(project: Project, format: Entry['format']): Promise<Uint8Array> {
  const parts = await collectParts(project, format);
  const entries = listEntries(project, parts);
  console.log(formatReport(parts, entries));
  const archive = zip(entries);
  requireSize(archive, entries);
  const failure = await start(archive, project);
  // A package beside the bundle awaits at its top, which only a module can wait for.
  if (parts.format === 'cjs' && failure?.includes('ERR_REQUIRE_ASYNC_MODULE'))
    return createArchive(project, 'esm');
  if (failure === undefined) return archive;
  throw new Error(failure);
}

/** Bundles until no package is found inside that cannot be there. */
async function collectParts(project: Project, preferred: Entry['format']): Promise<Parts> {
  const { external = [], files = [] } = project.manifest.lambda ?? {};
  const reasons = new Map(
    external.map((name) => [requirePackage(project, name), 'is named in package.json']),
  );
  // Beside the project's own package.json, a .js file is a module.
  let format = files.includes('package.json') ? 'esm' : preferred;
  for (;;) {
    const places = placePackages(project, reasons.keys());
    const bundles = await bundleEntries(project, format, places);
    const faults = bundles.flatMap((bundle) => bundle.faults);
    const found = [
      ...bundles.flatMap((bundle) => [...bundle.reasons]),
      ...listUnimported(project, bundles, places),
    ];
    const added = found.filter(([folder]) => !reasons.has(folder));
    const needsModule =
      faults.some((fault) => fault.includes('Top-level await')) ||
      bundles.some(({ assets }) => assets.has('package.json'));
    if (added.length === 0 && (format === 'esm' || !needsModule)) {
      if (faults.length > 0) throw new Error(faults.join('\n'));
      return { bundles, format, reasons, places: placeForFunction(project, [...reasons.keys()]) };
    }
    for (const [folder, reason] of added) reasons.set(folder, reason);
    if (needsModule) format = 'esm';
  }
}

/** The entry point of the function, and those of its workers. */
async function bundleEntries(project: Project, format: Entry['format'], beside: Places): Promise<Bundle[]> {
  const bundles: Bundle[] = [];
  const places = new Map([['src/lambda.ts', 'lambda.js']]);
  for (const [file, place] of places) {
    // A worker is imported, which gives a module's exports only of a module.
    const kind = file === place && !/\.c[jt]s$/.test(file) ? 'esm' : format;
    const bundle = await bundleEntry(project, { file, place, format: kind, beside });
    for (const asset of bundle.assets) if (isCode(asset)) places.set(asset, asset);
    bundles.push(bundle);
  }
  return bundles;
}

function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** A dependency that no import leads to is loaded by a computed name, where there are such. */
function listUnimported(project: Project, bundles: readonly Bundle[], places: Places): [string, string][] {
  if (bundles.some(({ faults }) => faults.length > 0)) return [];
  if (places.size === 0 && bundles.every(({ computed }) => computed.size === 0)) return [];
  const seen = new Set([...bundles.flatMap(({ inside }) => [...inside.keys()]), ...places.values()]);
  return Object.keys(project.manifest.dependencies ?? {})
    .filter((name) => !name.startsWith('@types/'))
    .map((name) => requirePackage(project, name))
    .flatMap((folder) => (seen.has(folder) ? [] : [[folder, 'is a dependency that no import leads to']]));
}

function requirePackage({ root: from }: Project, name: string): string {
  const folder = findPackage(name, from);
  if (folder !== undefined) return folder;
  throw new Error(`package.json names ${name}, which is not installed: run npm install ${name}.`);
}

function listEntries(project: Project, { bundles, places, format }: Parts): ZipEntries {
  const patterns = project.manifest.lambda?.files ?? [];
  const unmatched = patterns.find((pattern) => listFiles(pattern).length === 0);
  if (unmatched !== undefined)
    throw new Error(`lambda.files in package.json has "${unmatched}", which no file matches.`);
  // Views, pages and the like lie beside the code, which may look for them in any way, and for CommonJS as well.
  const own = listFiles('src/**/*').filter((path) => !isCode(path) || path.endsWith('.cjs'));
  const assets = bundles.flatMap((bundle) => [...bundle.assets].filter((path) => !isCode(path)));
  const files = [...patterns.flatMap(listFiles), ...own, ...assets];
  const mark = format === 'esm' ? [['package.json', Buffer.from('{"type":"module"}')] as const] : [];
  return new Map([
    ...mark.map(createEntry),
    ...[...places].flatMap(([place, folder]) => readEntries(folder, place)),
    ...files.flatMap((path) => readEntries(join(root, path), path)),
    ...bundles.flatMap((bundle) => [...bundle.files]).map(createEntry),
  ]);
}

function listFiles(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).filter((path) => statSync(join(root, path)).isFile());
}

function createEntry([path, content]: readonly [string, Uint8Array]): [string, ZipEntry] {
  return [path, { content, mode: 0o644 }];
}

/** What lies beside the bundle and why, what that needs, and what is inside, each with its size. */
function formatReport({ bundles, reasons, places }: Parts, entries: ZipEntries): string {
  const sizes = new Map<string, number>();
  for (const [path, { content }] of entries) {
    const [place = path] = /^node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
    sizes.set(place, (sizes.get(place) ?? 0) + content.length);
  }
  const why = new Map(
    [...reasons].map(([folder, reason]) => [`node_modules/${packageName(folder)}`, reason]),
  );
  const named = [...sizes].filter(([path]) => why.has(path) || !places.has(path));
  const needed = [...sizes].filter(([path]) => !why.has(path) && places.has(path));
  const inside = bundles
    .flatMap((bundle) => [...bundle.inside])
    .map(([folder, bytes]) => [packageName(folder), bytes] as const);
  return [
    ...named.map(([path, bytes]) =>
      `${formatSize(bytes).padStart(9)}  ${path}  ${why.get(path) ?? ''}`.trimEnd(),
    ),
    ...(needed.length > 0 ? [`Those need ${formatSizes(needed)}`] : []),
    `The bundle holds ${formatSizes(inside)}`,
  ].join('\n');
}

function formatSizes(sizes: readonly (readonly [name: string, bytes: number])[]): string {
  const sorted = sizes.toSorted(([, a], [, b]) => b - a);
  return sorted
    .map(([name, bytes]) => `${name.replace('node_modules/', '')} ${formatSize(bytes)}`)
    .join(', ');
}

function formatSize(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
function requireSize(archive: Uint8Array, entries: ZipEntries): void {
  const unpacked = [...entries.values()].reduce((sum, { content }) => sum + content.length, 0);
  if (archive.length <= 50 * 2 ** 20 && unpacked <= 250 * 2 ** 20) return;
  const sizes = `${formatSize(archive.length)}, ${formatSize(unpacked)} unpacked`;
  throw new Error(`The zip has ${sizes}, where Lambda takes 50 and 250 MB: leave out what it does not need.`);
}
