import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';

import { build, type BuildOptions, type PluginBuild } from 'esbuild';

import { isEsm, isNative, own, packageOf, lockFolder, root } from './packages.ts';
import type { File } from './zip.ts';

export interface Order {
  /** CommonJS starts faster, and layers can reach into it; only modules can await at their top. */
  readonly format: 'cjs' | 'esm';
  /** Packages that are not to be inside, by their paths in package-lock.json. */
  readonly beside: readonly string[];
}

/** What bundling brings. */
export interface Bundle {
  readonly files: File[];
  /** The packages that are inside. */
  readonly packages: Set<string>;
  /** Why others cannot be. */
  readonly reasons: Map<string, string>;
  /** What code of the project names relative to itself. */
  readonly assets: Set<string>;
}

/** Of the function that answers, and of the one that does jobs, where there is any. */
const entries = ['lambda', 'jobs'].filter((name) => existsSync(join(root, `src/${name}.ts`)));

/** What a module may have that a bundle would take from it. */
const obstacles: Readonly<Record<string, RegExp>> = {
  'uses its own path': /\b__(dir|file)name\b|\brequire\.resolve\b|\bimport\.meta\.(url|(dir|file)name|resolve)\b/,
  'has native code': /\b(require|import)\([^)]*\.node['"`]\)/,
  'gives require another name': /=\s*require\s*[;,\n]/,
};

const emptyMap = '//# sourceMappingURL=data:application/json,{"version":3,"sources":[""],"mappings":"AAAA"}';

/** What CommonJS takes for granted, for a module. */
const commonJs = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url), __dirname = import.meta.dirname;`;

/** Says where a file of the project would be without a bundle. */
const metaOf = `function __metaOf(path) {
  const filename = require('node:path').join(__dirname, path);
  const url = require('node:url').pathToFileURL(filename).href;
  return { url, filename, dirname: require('node:path').dirname(filename) };
}`;

const options = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  logLevel: 'silent',
  platform: 'node',
  target: 'node22.18',
  // Those of Node itself, and not what packages keep for bundlers.
  conditions: ['node-addons', 'module-sync'],
  define: Object.fromEntries(['url', 'dirname', 'filename'].map((key) => [`import.meta.${key}`, `__meta.${key}`])),
  // Names of functions and classes are read, by logs and by object mappers.
  keepNames: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  sourcemap: true,
  sourcesContent: false,
} satisfies BuildOptions;

/** Makes one file of each entry point and of what it imports, and one of each worker, the same bytes in whatever folder. */
export async function bundle(order: Order, reasons: Map<string, string>): Promise<Bundle> {
  const result: Bundle = { files: [], packages: new Set(), reasons, assets: new Set() };
  for (const name of entries) await bundleEntry({ ...order, file: `src/${name}.ts`, place: `${name}.js` }, result);
  // A worker is imported, which gives a module's exports only of a module.
  for (const file of [...result.assets].filter(isCode)) {
    const format = /\.c[jt]s$/.test(file) ? order.format : 'esm';
    await bundleEntry({ ...order, file, place: file, format }, result);
  }
  return result;
}

export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

type Entry = Order & Readonly<Record<'file' | 'place', string>>;

async function bundleEntry(entry: Entry, result: Bundle): Promise<void> {
  const { file, place, format } = entry;
  const setup = (hooks: PluginBuild): void => {
    pointBeside(hooks, entry);
    hooks.onLoad({ filter: /\.[cm]?[jt]s$/, namespace: 'file' }, ({ path }) => loadFile(path, place, result));
  };
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: [file],
    outfile: place,
    format,
    plugins: [{ name: 'lambda', setup }],
    banner: { js: format === 'esm' ? commonJs : '' },
    // Layers wrap the handler, for which it may be no getter.
    footer: { js: format === 'cjs' ? `module.exports = { ...module.exports };${metaOf}` : metaOf },
  });
  for (const { path, contents } of outputFiles) result.files.push([relative(root, path), contents, 0o644]);
  for (const input of Object.keys(metafile.inputs)) result.packages.add(packageOf(join(root, input)));
}

/** Makes imports of packages that lie beside the bundle lead there. */
function pointBeside(hooks: PluginBuild, { place, format, beside }: Entry): void {
  hooks.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
    if (from.kind === 'entry-point' || pluginData === beside || isBuiltin(path)) return undefined;
    const found = await hooks.resolve(path, { ...from, pluginData: beside });
    // Without a bundle, too, what a package requires and is not installed is missed when it does so.
    const isLate = packageOf(from.importer) !== own && from.kind !== 'import-statement';
    if (found.errors.length > 0) return isLate ? { path, external: true } : undefined;
    if (!beside.includes(packageOf(found.path))) return found;
    const file = `./${relative(dirname(place), relative(lockFolder, found.path))}`;
    const isModule = format === 'cjs' && from.kind === 'import-statement' && isEsm(found.path);
    // Fails where a module awaits at its top, which `require` cannot load.
    if (isModule) await hooks.esbuild.transform(await readFile(found.path, 'utf8'), { format: 'cjs' });
    return isModule ? { path: `${file}/all`, namespace: 'module', pluginData: file } : { path: file, external: true };
  });
  // `require` gives all exports of a module, of which esbuild would make the default one.
  hooks.onLoad({ filter: /.*/, namespace: 'module' }, ({ pluginData: file }) => ({
    contents: `import * as all from "${file}"; export * from "${file}"; export default all.default;`,
  }));
  hooks.onResolve({ filter: /.*/, namespace: 'module' }, ({ path }) => ({ path, external: true }));
}

/** Reads a module, and looks for what a bundle would take from it. */
async function loadFile(path: string, place: string, { reasons, assets }: Bundle) {
  const code = await readFile(path, 'utf8');
  const name = packageOf(path);
  if (name === own) {
    for (const asset of listAssets(code, path)) assets.add(asset);
    const meta = `const __meta = __metaOf("${relative(join(root, dirname(place)), path)}");`;
    return { contents: code.includes('import.meta') ? meta + code : code, loader: 'default' as const };
  }
  const reason = findReason(code, name);
  if (reason !== undefined) reasons.set(name, reasons.get(name) ?? reason);
  // A map of all packages would be larger than the code; the stack of an error still has their names.
  return { contents: `${withLazyGlobals(code, path)}\n${emptyMap}`, loader: 'default' as const };
}

/** @returns what code of the project names relative to itself, but for folders that it is in */
function listAssets(code: string, file: string): string[] {
  const joined = code.replaceAll(/['"`],\s*['"`]/g, '/');
  const names = joined.matchAll(/(?:new URL\(|import\.meta\.dirname,)\s*['"`]([^'"`$\n]+)/g);
  return Array.from(names, ([, name = '']) => join(dirname(file), name))
    .filter((path) => existsSync(path) && path.startsWith(`${root}/`) && !file.startsWith(join(path, '/')))
    .map((path) => relative(root, path));
}

/** @returns why the package of a module cannot be inside; a comment that has the words only makes the zip larger */
function findReason(code: string, name: string): string | undefined {
  if (isNative(name)) return 'has native code';
  return Object.keys(obstacles).find((reason) => obstacles[reason]?.test(code));
}

/**
 * Koa asks of each object that it sends whether it is a `Blob`, a `ReadableStream` or a `Response`. To name these
 * globals loads web streams and undici, which takes 25 ms; what has no tag as their instances have is none of them.
 */
function withLazyGlobals(code: string, file: string): string {
  if (!/\/node_modules\/koa\/lib\/(application|response)\.js$/.test(file)) return code;
  const pattern = /\b(\w+) instanceof (?:Blob|ReadableStream|Response)\b/g;
  return code.replaceAll(pattern, '(Symbol.toStringTag in Object($1) && $&)');
}
