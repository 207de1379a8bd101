import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { bundle } from './bundle/bundle.ts';
import { zip } from './bundle/zip.ts';

// Makes dist/lambda.zip, the code of the function, and beside it what the zip holds, for `make gateway`.
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;
const files = await bundle(root);
const archive = zip(files);
// In the zip there is no package.json, so that .js means CommonJS; here the project's own says otherwise.
const written = { ...files, 'lambda.zip': archive, 'package.json': '{"type":"commonjs"}\n' };
await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await Promise.all(Object.entries(written).map(([name, content]) => writeFile(`${dist}/${name}`, content)));
const sha256 = createHash('sha256').update(archive).digest('hex');
console.log(`dist/lambda.zip ${(archive.length / 1000).toFixed(1)} kB sha256:${sha256}`);
