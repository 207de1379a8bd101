import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderProject } from '../../src/testing.ts';
import { writeTree } from '../temp-folder.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Emits a project once for a suite, on our own modules.
 * @param more - files to write over it
 */
export function useProject(
  answers: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, string>> = {},
): () => string {
  let parent = '';
  before(async () => {
    parent = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-emitted-')));
    const folder = join(parent, 'demo');
    writeTree(folder, { ...(await renderProject([], answers)), ...more });
    symlinkSync(modules, join(folder, 'node_modules'));
  });
  after(() => rmSync(parent, { recursive: true, force: true }));
  return () => join(parent, 'demo');
}
