import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { FileToWrite } from './apply.ts';
import { holdSignals } from './hold-signals.ts';
import { isRunning } from './process-life.ts';
import { stageFile } from './stage-file.ts';

/** Writes a project where there is no folder yet: beside its place, then it appears with one rename. */
export async function createFolder(files: readonly FileToWrite[], folder: string): Promise<void> {
  const parent = dirname(folder);
  const made = mkdirSync(parent, { recursive: true });
  let staging = made;
  try {
    await holdSignals(async (checkpoint) => {
      const prefix = stagingPrefix(folder);
      if (made === undefined) removeLeftovers(parent, prefix);
      staging = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
      stageTree(files, join(staging, 'next'));
      await checkpoint();
      renameSync(join(staging, 'next'), folder);
    });
    rmSync(staging!, { recursive: true, force: true });
  } catch (error) {
    const leftover = made ?? staging;
    if (leftover !== undefined) rmSync(leftover, { recursive: true, force: true });
    throw error;
  }
}

/** Names the machine, too: a number of a process says nothing on another one. Short enough where the folder's name is long. */
function stagingPrefix(folder: string): string {
  const host = hostname().replaceAll(/[^\w]/g, '').slice(0, 20);
  return `.${basename(folder).slice(0, 40)}.tsflask-${host}-`;
}

/** What runs that were killed had staged for the same project. */
function removeLeftovers(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)-[^-]{6}$/.exec(name.slice(prefix.length)) ?? []) : [];
    if (pid === undefined || isRunning({ pid: Number(pid), host: hostname() })) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function stageTree(files: readonly FileToWrite[], folder: string): void {
  // mkdtemp makes private folders; a project gets the user's usual permissions.
  mkdirSync(folder);
  const made = new Set<string>();
  for (const file of files) {
    const full = join(folder, file.path);
    if (!made.has(dirname(full))) mkdirSync(dirname(full), { recursive: true });
    made.add(dirname(full));
    stageFile(full, file);
  }
}
