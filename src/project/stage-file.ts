import { writeFileSync } from 'node:fs';
import type { FileToWrite } from './apply.ts';
import { setMode } from './move-file.ts';

/** Writes one file with the bits that it is to have, or the user's usual ones. */
export function stageFile(full: string, { content, executable, mode }: FileToWrite): void {
  // With the encoding said, node writes a text in one step instead of three.
  writeFileSync(full, content, { encoding: 'utf8', mode: executable === true ? 0o777 : 0o666 });
  if (mode !== undefined) setMode(full, bitsOf(mode, executable));
}

function bitsOf(mode: number, executable: boolean | undefined): number {
  if (executable === undefined) return mode;
  // Whoever may read it may run it.
  return executable ? mode | ((mode & 0o444) >> 2) : mode & ~0o111;
}
