import { globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

const code = '{src,test,scripts}/**/*.{ts,mts,cts,js,mjs,cjs,tsx}';

/** Reads all code of a project, generated or not, by path. */
export function readCode(project: string): Map<string, string> {
  const paths = globSync(code, { cwd: project, exclude: ['**/node_modules/**'] }).filter((path) =>
    statSync(join(project, path), { throwIfNoEntry: false })?.isFile(),
  );
  return new Map(paths.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(project, path), 'utf8')]));
}
