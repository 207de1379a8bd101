import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundle } from './bundle/bundle.ts';
import { zip } from './bundle/zip.ts';

// Makes dist/lambda.zip, the code of the function, and beside it what the zip holds.
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;
const files = await bundle(root);
const archive = zip(files);
await rm(dist, { recursive: true, force: true });
await mkdir(dist);
for (const [name, bytes] of [...Object.entries(files), ['lambda.zip', archive] as const])
  await writeFile(`${dist}/${basename(name)}`, bytes);
const sha256 = createHash('sha256').update(archive).digest('hex');
console.log(`dist/lambda.zip ${(archive.length / 1000).toFixed(1)} kB sha256:${sha256}`);
