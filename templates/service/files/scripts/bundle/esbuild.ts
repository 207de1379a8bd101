import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';

import { build, type BuildFailure, type BuildOptions, formatMessages, type Plugin } from 'esbuild';

import { inspect, isModule, ownPath } from './inspect.ts';
import { packageFolder, type Places, type Project } from './packages.ts';

/** A file in the project, its place in the zip, and the packages that lie beside it there. */
export interface Entry {
  readonly file: string;
  readonly place: string;
  readonly beside: Places;
  /** CommonJS starts faster; only modules can await at their top. */
  readonly format: 'cjs' | 'esm';
}

export interface Bundle {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** By folder of a package that is inside, its bytes. */
  readonly inside: ReadonlyMap<string, number>;
  /** By folder of a package that cannot be inside, why. */
  readonly reasons: Map<string, string>;
  /** Paths in the project that its code looks for relative to itself. */
  readonly assets: Set<string>;
  /** Modules that load others by names that they make up. */
  readonly guessing: Set<string>;
  /** Why there are no files. */
  readonly faults: readonly string[];
}

export type Findings = Pick<Bundle, 'reasons' | 'assets' | 'guessing'>;

/** Makes one file of an entry point and of what it imports, the same bytes in whatever folder. */
export async function bundleEntry(project: Project, entry: Entry): Promise<Bundle> {
  const { root } = project;
  const findings: Findings = { reasons: new Map(), assets: new Set(), guessing: new Set() };
  const inside = new Map<string, number>();
  try {
    const { outputFiles, metafile } = await build({
      ...createOptions(entry),
      absWorkingDir: root,
      plugins: [leaveOut(project, entry, findings), inspect(project, entry, findings)],
    });
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
    for (const [file, { bytesInOutput }] of inputs) {
      const folder = packageFolder(join(root, file), root) ?? root;
      inside.set(folder, (inside.get(folder) ?? 0) + bytesInOutput);
    }
    const files = new Map(outputFiles.map(({ path, contents }) => [relative(root, path), contents]));
    return { ...findings, inside, files, faults: [] };
  } catch (error) {
    const faults = await formatMessages((error as BuildFailure).errors, { kind: 'error' });
    return { ...findings, inside, files: new Map(), faults };
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
    define: Object.fromEntries(ownPath.map((key) => [`import.meta.${key}`, `__meta.${key}`])),
    // Names of functions and classes are read, by logs and by object mappers.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    sourcemap: true,
    sourcesContent: false,
    // What CommonJS in a module takes for granted; and exports that others may wrap, where esbuild has getters.
    ...(format === 'esm' ? { banner: { js: commonJs } } : { footer: { js: plainExports } }),
  } satisfies BuildOptions;
}

const commonJs = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url), __dirname = import.meta.dirname;`;
const plainExports = 'module.exports = { ...module.exports };';

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
        // Without a bundle, too, a package that is not installed is missed by what asks for it, and not before.
        if (found.errors.length > 0)
          return importer !== undefined && from.kind !== 'import-statement'
            ? { path, external: true }
            : undefined;
        const folder = packageFolder(found.path, root) ?? root;
        if (extname(found.path) === '.node') reasons.set(importer ?? folder, 'loads compiled code');
        if (extname(found.path) === '.node') return { path, external: true };
        const target = places.get(folder);
        if (target === undefined) return found;
        const file = `./${relative(dirname(place), join(target, relative(folder, found.path)))}`;
        const isStub = format === 'cjs' && from.kind === 'import-statement' && isModule(found.path);
        return isStub
          ? { path: `${file}/stub`, namespace: 'beside', pluginData: file }
          : { path: file, external: true };
      });
      // `require` gives a module's namespace, of which esbuild would make the default import.
      hooks.onLoad({ filter: /.*/, namespace: 'beside' }, ({ pluginData: file }) => {
        const from = JSON.stringify(file);
        return {
          contents: `export * from ${from}; import * as all from ${from}; export default all.default;`,
        };
      });
      hooks.onResolve({ filter: /.*/, namespace: 'beside' }, ({ path }) => ({ path, external: true }));
    },
  };
}
