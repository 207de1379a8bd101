import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, relative } from 'node:path';

import { type Plugin, transform } from 'esbuild';

import type { Entry, Findings } from './esbuild.ts';
import { climb, isNative, packageFolder, type Project, readManifest } from './packages.ts';

/** What `import.meta` has that a bundle must take from the file that the code was in. */
export const ownPath = ['url', 'dirname', 'filename'];

/** Looks at each module for what a bundle would take from it. */
export function inspect(project: Project, { place }: Entry, { reasons, assets, guessing }: Findings): Plugin {
  const { root } = project;
  return {
    name: 'inspect',
    setup: (hooks) => {
      hooks.onLoad({ filter: /\.([cm]?[jt]s|json)$/, namespace: 'file' }, async ({ path }) => {
        const code = await readFile(path, 'utf8');
        const folder = packageFolder(path, root);
        if (/\b(?:require|import)\(\s*(?:[^'"`\s)]|`[^.])/.test(code)) guessing.add(path);
        if (folder === undefined && extname(path) === '.json') return undefined;
        if (folder === undefined) {
          for (const asset of findAssets(code, path, root)) assets.add(asset);
          const meta = code.includes('import.meta')
            ? `import __meta from '/import.meta/${relative(root, path)}';`
            : '';
          return { contents: meta + code, loader: 'default' };
        }
        if (extname(path) === '.json')
          return {
            contents: unmapped(`module.exports = JSON.parse(${JSON.stringify(code)});`),
            loader: 'js',
          };
        if (isNative(project, folder)) reasons.set(folder, 'has native code');
        else if (await looksAround(code))
          reasons.set(folder, `looks around itself in ${relative(folder, path)}`);
        return { contents: unmapped(isKoa.test(path) ? withLazyGlobals(code) : code), loader: 'default' };
      });
      hooks.onResolve({ filter: /^\/import\.meta\// }, ({ path }) => ({ path, namespace: 'meta' }));
      hooks.onLoad({ filter: /.*/, namespace: 'meta' }, ({ path }) => ({
        resolveDir: root,
        contents: `import { dirname, join } from 'node:path';
          import { pathToFileURL } from 'node:url';
          const filename = join(__dirname, ${JSON.stringify(relative(dirname(place), path.slice('/import.meta/'.length)))});
          export default { url: pathToFileURL(filename).href, dirname: dirname(filename), filename };`,
      }));
    },
  };
}

/** @returns what code of the project names relative to itself, but for folders that it is in */
function findAssets(code: string, file: string, root: string): string[] {
  const urls = code.matchAll(/new URL\(\s*(['"`])(?<path>\.[^'"`$]+)\1,\s*import\.meta\.url/g);
  const joins = code.matchAll(/import\.meta\.dirname,\s*(?<path>(?:(['"`])[^'"`$]+\2[,\s]*)+)\)/g);
  return [...urls, ...joins]
    .map(({ groups }) =>
      join(dirname(file), (groups?.['path'] ?? '').replaceAll(/['"`\s]/g, '').replaceAll(',', '/')),
    )
    .filter((path) => existsSync(path) && path.startsWith(`${root}/`) && !file.startsWith(join(path, '/')))
    .map((path) => relative(root, path));
}

/** Whether a module uses its own path: by a name of the language, which only a parser can tell from a word. */
async function looksAround(code: string): Promise<boolean> {
  const names = [
    '__dirname',
    '__filename',
    'require.resolve',
    ...[...ownPath, 'resolve'].map((key) => `import.meta.${key}`),
  ];
  if (!names.some((name) => code.includes(name))) return false;
  const define = Object.fromEntries(names.map((name) => [name, 'OWN_PATH']));
  return (await transform(code, { define, minifySyntax: true, logLevel: 'silent' })).code.includes(
    'OWN_PATH',
  );
}

/** A map of all packages would be larger than the code; the stack of an error still has their names. */
function unmapped(code: string): string {
  const map = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${map}`;
}

const isKoa = /\/node_modules\/koa\/lib\/(application|response)\.js$/;

/**
 * Koa asks of each object that it sends whether it is a `Blob`, a `ReadableStream` or a `Response`. To name these
 * globals loads web streams and undici, which takes 25 ms; what has no prototype of that name is none of them.
 */
function withLazyGlobals(code: string): string {
  return `${code.replaceAll(/\b(\w+) instanceof (Blob|ReadableStream|Response)\b/g, `isInstance($1, '$2')`)}
    function isInstance(value, name) {
      for (let object = value; object != null; object = Object.getPrototypeOf(object)) {
        const own = (key) => Object.getOwnPropertyDescriptor(object, key)?.value;
        if (own(Symbol.toStringTag) === name || own('constructor')?.name === name)
          return value instanceof globalThis[name];
      }
      return false;
    }`;
}

/** Whether Node takes a file for a module. */
export function isModule(file: string): boolean {
  const folder = climb(dirname(file), (path) => existsSync(join(path, 'package.json')));
  const isTyped = folder !== undefined && readManifest(folder).type === 'module';
  return extname(file) === '.mjs' || (extname(file) === '.js' && isTyped);
}
