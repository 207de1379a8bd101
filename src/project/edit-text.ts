import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { TsflaskError } from '../error.ts';

/**
 * Opens a text in the user's editor, as git would, and gives what it was made to.
 * @param path - its last part is the name of the file, by which editors know the language
 * @throws {@link TsflaskError} `EDITOR_FAILED`
 */
export function editText(path: string, content: Uint8Array): Uint8Array {
  const { VISUAL, EDITOR } = process.env;
  const editor = VISUAL || EDITOR || 'vi';
  const folder = mkdtempSync(join(tmpdir(), 'tsflask-edit-'));
  try {
    const file = join(folder, basename(path));
    writeFileSync(file, content);
    // Through a shell, because the variable may hold flags: `code --wait`.
    const { status, error } = spawnSync(`${editor} "${file}"`, { shell: true, stdio: 'inherit' });
    if (status === 0) return readFileSync(file);
    throw new TsflaskError({
      code: 'EDITOR_FAILED',
      problem: `The editor "${editor}" ended with ${error?.message ?? `exit code ${status}`}.`,
      fix: 'Set EDITOR to a program that waits until the file is closed.',
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
