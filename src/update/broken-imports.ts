import { posix } from 'node:path';

/** An import that leads to a file which is no longer there. */
export interface BrokenImport {
  readonly path: string;
  readonly missing: string;
}

// `from './a.ts'`, `import './a.ts'`, `import('./a.ts')`, `require('./a.ts')`
const pattern = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

/**
 * Finds the imports that an update breaks in code of the user's.
 * @param files - text by path of the code that stays as it is
 * @param gone - paths of files that are taken away
 */
export function findBrokenImports(files: ReadonlyMap<string, string>, gone: ReadonlySet<string>): BrokenImport[] {
  return Array.from(files).flatMap(([path, text]) => {
    const targets = Array.from(text.matchAll(pattern), ([, specifier = '']) => posix.join(posix.dirname(path), specifier));
    return [...new Set(targets)].filter((target) => gone.has(target)).map((missing) => ({ path, missing }));
  });
}
