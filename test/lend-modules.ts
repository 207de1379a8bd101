import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules', import.meta.url));

/** Lends an emitted project our own packages, each as a link, and tells its Makefile that they are installed and up to date. */
export function lendModules(project: string): void {
  const lent = join(project, 'node_modules');
  mkdirSync(lent);
  for (const name of readdirSync(modules)) symlinkSync(join(modules, name), join(lent, name));
  writeFileSync(join(lent, '.installed'), '');
}
