import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';

import { build, type BuildFailure, type BuildOptions, formatMessages, type Plugin, transform } from 'esbuild';

import { isNative } from './native.ts';
import { isEsm, packageFolder, type Places, type Project } from './packages.ts';

/** A file of the project, its place in the zip, and the packages that lie beside it there. */
export interface Entry {
  readonly file: string;
  readonly place: string;
  readonly beside: Places;
  /** CommonJS starts faster; only modules can await at their top. */
  readonly format: 'cjs' | 'esm';
}

interface Findings {
  /** By folder of a package that cannot be inside, why. */
  readonly reasons: Map<string, string>;
  /** Paths in the project that its code looks for relative to itself. */
  readonly assets: Set<string>;
  /** Modules with a `require` or `import` that cannot be followed. */
  readonly computed: Set<string>;
}

export interface Bundle extends Findings {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** By folder of a package that is inside, its bytes. */
  readonly inside: ReadonlyMap<string, number>;
  /** Why there are no files. */
  readonly faults: readonly string[];
}

const emptyMap = '//# sourceMappingURL=data:application/json,{"version":3,"sources":[""],"mappings":"AAAA"}';
const ownPath = ['url', 'dirname', 'filename'].map((key) => `import.meta.${key}`);

const commonJs = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url), __dirname = import.meta.dirname;`;

/** Makes one file of an entry point and of what it imports, the same bytes in whatever folder. */
export async function bundleEntry(project: Project, entry: Entry): Promise<Bundle> {
  const { root } = project;
  const findings: Findings = { reasons: new Map(), assets: new Set(), computed: new Set() };
  const inside = new Map<string, number>();
  try {
    const plugins = [leaveOut(project, entry, findings), inspect(project, entry, findings)];
    const { outputFiles, metafile } = await build({ ...createOptions(entry), absWorkingDir: root, plugins });
    for (const { inputs } of Object.values(metafile.outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = packageFolder(join(root, file), root) ?? root;
        inside.set(folder, (inside.get(folder) ?? 0) + bytesInOutput);
      }
    const files = new Map(outputFiles.map(({ path, contents }) => [relative(root, path), contents]));
    return { ...findings, files, inside, faults: [] };
  } catch (error) {
    const faults = await formatMessages((error as BuildFailure).errors, { kind: 'error' });
    return { ...findings, files: new Map(), inside, faults };
  }
}

function createOptions({ file, place, format }: Entry) {
  return {
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
function leaveOut({ root }: Project, { beside, place, format }: Entry, { reasons }: Findings): Plugin {
  const places = new Map(Array.from(beside, ([path, folder]) => [folder, path]));
  return {
    name: 'leave-out',
    setup: (hooks) => {
      hooks.onResolve({ filter: /^[^./]|\.node$/ }, async ({ path, pluginData, ...from }) => {
        if (from.kind === 'entry-point' || pluginData === places || isBuiltin(path)) return undefined;
        const found = await hooks.resolve(path, { ...from, pluginData: places });
        const importer = packageFolder(from.importer, root);
        // Without a bundle, too, what is not installed is missed by who requires it, and not before.
        const isLate = importer !== undefined && from.kind !== 'import-statement';
        if (found.errors.length > 0) return isLate ? { path, external: true } : undefined;
        const folder = packageFolder(found.path, root) ?? root;
        if (extname(found.path) === '.node') {
          reasons.set(importer ?? folder, 'loads compiled code');
          return { path, external: true };
        }
        const target = places.get(folder);
        if (target === undefined) return found;
        const file = `./${relative(dirname(place), join(target, relative(folder, found.path)))}`;
        const isModule = format === 'cjs' && from.kind === 'import-statement' && isEsm(found.path);
        return isModule
          ? { path: `${file}/module`, namespace: 'beside', pluginData: file }
          : { path: file, external: true };
      });
      // `require` gives all exports of a module, of which esbuild would make the default one.
      hooks.onLoad({ filter: /.*/, namespace: 'beside' }, ({ pluginData: file }) => ({
        contents: `import * as all from "${file}"; export * from "${file}"; export default all.default;`,
      }));
      hooks.onResolve({ filter: /.*/, namespace: 'beside' }, ({ path }) => ({ path, external: true }));
    },
  };
}

/** Looks at each module for what a bundle would take from it. */
function inspect(project: Project, { place }: Entry, { reasons, assets, computed }: Findings): Plugin {
  const { root } = project;
  const known = new Set<string>();
  return {
    name: 'inspect',
    setup: (hooks) => {
      hooks.onLoad({ filter: /\.[cm]?[jt]s$/, namespace: 'file' }, async ({ path }) => {
        const code = await readFile(path, 'utf8');
        const folder = packageFolder(path, root);
        if (/\bcreateRequire\b|\b(?:require|import)\(\s*(?:[^'"`\s)]|`[^.])/.test(code)) computed.add(path);
        if (folder === undefined) {
          for (const asset of findAssets(code, path, root)) assets.add(asset);
          const meta = `import __meta from "/import.meta/${relative(root, path)}";`;
          return { contents: code.includes('import.meta') ? meta + code : code, loader: 'default' };
        }
        if (!known.has(folder) && isNative(project, folder)) reasons.set(folder, 'has native code');
        known.add(folder);
        if (!reasons.has(folder) && (await usesOwnPath(code, path)))
          reasons.set(folder, `uses its own path in ${relative(folder, path)}`);
        // A map of all packages would be larger than the code; the stack of an error still has their names.
        return { contents: `${withLazyGlobals(code, path)}\n${emptyMap}`, loader: 'default' };
      });
      hooks.onResolve({ filter: /^\/import\.meta\// }, ({ path }) => ({ path, namespace: 'meta' }));
      hooks.onLoad({ filter: /.*/, namespace: 'meta' }, ({ path }) => ({
        resolveDir: root,
        contents: `import { dirname, join } from 'node:path';
          import { pathToFileURL } from 'node:url';
          const filename = join(__dirname, "${relative(join('/import.meta', dirname(place)), path)}");
          export default { url: pathToFileURL(filename).href, dirname: dirname(filename), filename };`,
      }));
    },
  };
}

/** @returns what code of the project names relative to itself, but for folders that it is in */
function findAssets(code: string, file: string, root: string): string[] {
  const urls = code.matchAll(/new URL\(\s*['"`]([^'"`$]+)['"`],\s*import\.meta\.url/g);
  const joins = code.matchAll(/import\.meta\.dirname,\s*((?:['"`][^'"`$]+['"`][,\s]*)+)\)/g);
  return [...urls, ...joins]
    .map(([, parts = '']) =>
      join(dirname(file), ...parts.split(',').map((part) => part.replaceAll(/['"`\s]/g, ''))),
    )
    .filter((path) => existsSync(path) && path.startsWith(`${root}/`) && !file.startsWith(join(path, '/')))
    .map((path) => relative(root, path));
}

/** Whether a module uses its own path; only a parser can tell the names for it from words in a comment. */
async function usesOwnPath(code: string, file: string): Promise<boolean> {
  // By another name, `require` hides from bundlers what it loads from beside the module.
  if (/=\s*require\s*[;,]/.test(code)) return true;
  const names = ['__dirname', '__filename', 'require.resolve', 'import.meta.resolve', ...ownPath];
  if (!names.some((name) => code.includes(name))) return false;
  const define = Object.fromEntries(names.map((name) => [name, 'OWN_PATH']));
  const loader = file.endsWith('ts') ? 'ts' : 'js';
  const transformed = await transform(code, { define, loader, minifySyntax: true, logLevel: 'silent' });
  return transformed.code.includes('OWN_PATH');
}

/**
 * Koa asks of each object that it sends whether it is a `Blob`, a `ReadableStream` or a `Response`. To name these
 * globals loads web streams and undici, which takes 25 ms; what has no prototype of that name is none of them.
 */
function withLazyGlobals(code: string, file: string): string {
  if (!/\/node_modules\/koa\/lib\/(application|response)\.js$/.test(file)) return code;
  return `${code.replaceAll(/\b(\w+) instanceof (Blob|ReadableStream|Response)\b/g, `isInstance($1, '$2')`)}
    function isInstance(value, name) {
      for (let object = value; object != null; object = Object.getPrototypeOf(object)) {
        const own = (key) => Object.getOwnPropertyDescriptor(object, key)?.value;
        if (own(Symbol.toStringTag) === name || own('constructor')?.name === name) return value instanceof globalThis[name];
      }
      return false;
    }`;
}
