import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The top of the repository that a folder lies in without being its top; nothing where it lies in none. */
export function outerRepository(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return undefined;
  const parent = dirname(folder);
  if (existsSync(join(parent, '.git'))) return parent;
  return parent === folder ? undefined : outerRepository(parent);
}
