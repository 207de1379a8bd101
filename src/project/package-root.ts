import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This package's folder, wherever in it the calling module was compiled to. */
export const packageRoot = nearestPackage(import.meta.dirname);

/** This package's version. */
export const generatorVersion = (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string })
  .version;

function nearestPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : nearestPackage(dirname(folder));
}
