import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));

/**
 * Lends an emitted project our own packages, each as a link, and tells its Makefile that they are installed and up to date. Our
 * Node.js is none of them: the project finds its own.
 */
export function lendModules(project: string): void {
  const lent = join(project, 'node_modules');
  linkEntries(modules, lent, ['.bin', 'node']);
  linkEntries(join(modules, '.bin'), join(lent, '.bin'), ['node']);
  writeFileSync(join(lent, '.installed'), '');
}

function linkEntries(from: string, to: string, but: readonly string[]): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) if (!but.includes(name)) symlinkSync(join(from, name), join(to, name));
}
