import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { renderProject } from '../../src/testing.ts';

/** Emits a project for an HTTP API into dist/project, where contestants/door.js takes its handler from. */
export async function emitProject(): Promise<void> {
  const folder = fileURLToPath(new URL('dist/project', import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(await renderProject([]))) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
