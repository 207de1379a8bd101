import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This package's folder, wherever the calling module was compiled to. */
export const packageRoot = dirname(fileURLToPath(import.meta.resolve('generator-tsflask/package.json')));

/** This package's version. */
export const generatorVersion = (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string })
  .version;
