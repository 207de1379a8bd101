import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderProject } from '../../src/testing.ts';
import { lendModules } from '../lend-modules.ts';
import { writeTree } from '../temp-folder.ts';

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
    lendModules(folder);
  });
  after(() => rmSync(parent, { recursive: true, force: true }));
  return () => join(parent, 'demo');
}
