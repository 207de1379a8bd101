import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';

import { build, type BuildFailure, type BuildOptions, formatMessages, type Plugin, transform } from 'esbuild';

import { isEsm, isNative, lockFolder, own, packageOf, placeOf, root } from './packages.ts';
import type { File } from './zip.ts';

/** What bundling brings; packages go by their paths in package-lock.json. */
export interface Bundle {
  readonly files: File[];
  readonly faults: string[];
  /** How many bytes of a package are inside. */
  readonly bytes: Map<string, number>;
  readonly imported: Set<string>;
  /** Why a package cannot be inside. */
  readonly reasons: Map<string, string>;
  /** What code of the project names relative to itself. */
  readonly assets: Set<string>;
}

/** A file of the project, and its place in the zip. */
interface Entry {
  readonly file: string;
  readonly place: string;
  /** CommonJS starts faster; only modules can await at their top. */
  readonly format: 'cjs' | 'esm';
}

const emptyMap = '//# sourceMappingURL=data:application/json,{"version":3,"sources":[""],"mappings":"AAAA"}';
const ownPath = ['url', 'dirname', 'filename'].map((key) => `import.meta.${key}`);
const commonJs = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url), __dirname = import.meta.dirname;`;

/**
 * Makes one file of src/lambda.ts and of what it imports, and one of each worker, the same bytes in whatever folder.
 * @param beside - packages that are not to be inside
 */
export async function bundle(format: Entry['format'], beside: readonly string[]): Promise<Bundle> {
  const [files, faults, bytes, reasons]: [File[], string[], Bundle['bytes'], Bundle['reasons']] = [
    [],
    [],
    new Map(),
    new Map(),
  ];
  const result: Bundle = { files, faults, bytes, reasons, imported: new Set(), assets: new Set() };
  const entries = new Map([['src/lambda.ts', 'lambda.js']]);
  for (const [file, place] of entries) {
    // A worker is imported, which gives a module's exports only of a module.
    const entry = { file, place, format: file === place && !/\.c[jt]s$/.test(file) ? 'esm' : format };
    const plugins = [pointBeside(entry, beside, result), inspect(entry, result)];
    try {
      const { outputFiles, metafile } = await build({ ...createOptions(entry), plugins });
      for (const { path, contents } of outputFiles) files.push([relative(root, path), contents, 0o644]);
      for (const [input, { bytesInOutput }] of Object.values(metafile.outputs).flatMap(({ inputs }) =>
        Object.entries(inputs),
      )) {
        const path = packageOf(join(root, input));
        bytes.set(path, (bytes.get(path) ?? 0) + bytesInOutput);
      }
    } catch (error) {
      faults.push(...(await formatMessages((error as BuildFailure).errors, { kind: 'error' })));
    }
    for (const asset of result.assets) if (isCode(asset)) entries.set(asset, asset);
  }
  return result;
}

export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

function createOptions({ file, place, format }: Entry) {
  return {
    absWorkingDir: root,
    entryPoints: [file],
    outfile: place,
    bundle: true,
    write: false,
    metafile: true,
    logLevel: 'silent',
    platform: 'node',
    target: 'node22.18',
    format,
    // Those of Node itself, and not what packages keep for bundlers.
    conditions: ['node-addons', 'module-sync'],
    define: Object.fromEntries(ownPath.map((name) => [name, name.replace('import.', '__')])),
    // Names of functions and classes are read, by logs and by object mappers.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    sourcemap: true,
    sourcesContent: false,
    // What CommonJS in a module takes for granted; or exports that others may wrap, where esbuild has getters.
    banner: { js: format === 'esm' ? commonJs : '' },
    footer: { js: format === 'cjs' ? 'module.exports = { ...module.exports };' : '' },
  } satisfies BuildOptions;
}

/** Points to what lies beside the bundle. */
function pointBeside({ place, format }: Entry, beside: readonly string[], { imported }: Bundle): Plugin {
  return {
    name: 'point-beside',
    setup: (hooks) => {
      hooks.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
        if (from.kind === 'entry-point' || pluginData === beside || isBuiltin(path)) return undefined;
        const found = await hooks.resolve(path, { ...from, pluginData: beside });
        // Without a bundle, too, what a package requires and is not installed is missed when it does so.
        const isLate = packageOf(from.importer) !== own && from.kind !== 'import-statement';
        if (found.errors.length > 0) return isLate ? { path, external: true } : undefined;
        const name = packageOf(found.path);
        imported.add(name);
        if (!beside.includes(name)) return found;
        const file = join(placeOf(name), relative(join(lockFolder, name), found.path));
        const external = `./${relative(dirname(place), file)}`;
        const isModule = format === 'cjs' && from.kind === 'import-statement' && isEsm(found.path);
        return isModule
          ? { path: `${external}/all`, namespace: 'module', pluginData: external }
          : { path: external, external: true };
      });
      // `require` gives all exports of a module, of which esbuild would make the default one.
      hooks.onLoad({ filter: /.*/, namespace: 'module' }, ({ pluginData: file }) => ({
        contents: `import * as all from "${file}"; export * from "${file}"; export default all.default;`,
      }));
      hooks.onResolve({ filter: /.*/, namespace: 'module' }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** Looks in each module for what a bundle would take from it. */
function inspect({ place }: Entry, { reasons, assets }: Bundle): Plugin {
  return {
    name: 'inspect',
    setup: (hooks) => {
      hooks.onLoad({ filter: /\.[cm]?[jt]s$/, namespace: 'file' }, async ({ path }) => {
        const code = await readFile(path, 'utf8');
        const name = packageOf(path);
        if (name === own) {
          for (const asset of listAssets(code, path)) assets.add(asset);
          const isAware = code.includes('import.meta');
          return {
            contents: isAware ? defineMeta(relative(join(root, dirname(place)), path)) + code : code,
            loader: 'default',
          };
        }
        const reason = reasons.get(name) ?? (await findReason(code, path));
        if (reason !== undefined) reasons.set(name, reason);
        // A map of all packages would be larger than the code; the stack of an error still has their names.
        return { contents: `${withLazyGlobals(code, path)}\n${emptyMap}`, loader: 'default' };
      });
    },
  };
}

/** @returns what code of the project names relative to itself, but for folders that it is in */
function listAssets(code: string, file: string): string[] {
  const joined = code.replaceAll(/['"`],\s*['"`]/g, '/');
  return [...joined.matchAll(/(?:new URL\(|import\.meta\.dirname,)\s*['"`]([^'"`$\n]+)/g)]
    .map(([, path = '']) => join(dirname(file), path))
    .filter((path) => existsSync(path) && path.startsWith(`${root}/`) && !file.startsWith(join(path, '/')))
    .map((path) => relative(root, path));
}

/** Puts a module of the bundle where it would be without one. */
function defineMeta(path: string): string {
  return `import { dirname as __dir, join as __join } from 'node:path';import { pathToFileURL as __toUrl } from 'node:url';const __meta = { filename: __join(__dirname, "${path}") };__meta.dirname = __dir(__meta.filename);__meta.url = __toUrl(__meta.filename).href;`;
}

/** @returns why the package of a module cannot be inside */
async function findReason(code: string, file: string): Promise<string | undefined> {
  const path = packageOf(file);
  if (isNative(path) || /\b(?:require|import)\([^)]*\.node['"`]\)/.test(code)) return 'has native code';
  // Names of the language, which only a parser can tell from words.
  const names = ['__dirname', '__filename', 'require.resolve', 'import.meta.resolve', ...ownPath];
  if (!names.some((name) => code.includes(name))) return undefined;
  const define = Object.fromEntries(names.map((name) => [name, 'OWN_PATH']));
  const loader = file.endsWith('ts') ? 'ts' : 'js';
  const transformed = await transform(code, { define, loader, minifySyntax: true, logLevel: 'silent' });
  if (!transformed.code.includes('OWN_PATH')) return undefined;
  return `looks around itself in ${relative(join(lockFolder, path), file)}`;
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
