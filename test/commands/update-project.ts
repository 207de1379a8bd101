import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runNew } from '../../src/commands/new.ts';
import { runUpdate } from '../../src/commands/update.ts';
import type { Prompts } from '../../src/commands/command.ts';
import { writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

/** What a run printed, and how it ended. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Files of the overlay that stands for a release of the templates. */
export function release(folder: string, files: Readonly<Record<string, string>>, more: object = {}): void {
  rmSync(join(folder, 'rules'), { recursive: true, force: true });
  const manifest = JSON.stringify({ name: 'rules', description: 'Rules of a test', ...more });
  writeTree(join(folder, 'rules'), { 'overlay.json': manifest, ...prefixed(files) });
}

function prefixed(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`files/${path}`, text]));
}

/** Emits ./demo with the overlay ./rules. */
export async function emit(folder: string, argv: readonly string[] = []): Promise<string> {
  const { terminal } = stubTerminal(folder);
  await runNew(['demo', '--yes', '--overlay=rules', '--skip-install', '--no-git', '--quiet', ...argv], terminal);
  return join(folder, 'demo');
}

/** Runs `update` in a folder. */
export async function update(folder: string, argv: readonly string[] = [], prompts?: Partial<Prompts>): Promise<Run> {
  const { terminal, printed } = stubTerminal(folder, prompts);
  const code = await runUpdate(argv, terminal);
  return { code, ...printed() };
}

/** A program, ./editor, that stands for one. */
export function stubEditor(folder: string, script: string): void {
  writeTree(folder, { editor: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, 'editor'), 0o755);
}
