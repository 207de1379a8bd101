import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Names = Readonly<Record<string, string>>;

/** What a lock file says of one installed package. */
interface Locked {
  readonly dependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly peerDependencies?: Names;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** By path, such as `node_modules/a/node_modules/b`. */
export type Lock = Readonly<Record<string, Locked>>;

export function readLock(folder: string): Lock {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as { packages: Lock };
  return packages;
}

/** Picks what an install of these packages alone would have: them, and what they depend on. */
export function pickLocked(lock: Lock, names: readonly string[]): Lock {
  const picked: Record<string, Locked> = {};
  const pick = (name: string, from: string): void => {
    const path = findLocked(lock, name, from);
    const locked = lock[path];
    if (locked === undefined || path in picked) return;
    picked[path] = locked;
    for (const needed of needsOf(locked)) pick(needed, path);
  };
  for (const name of names) {
    if (!(`node_modules/${name}` in lock)) throw new Error(`The lock of this folder lacks ${name}.`);
    pick(name, '');
  }
  return picked;
}

/** Looks where Node looks: beside the package, then further up. */
function findLocked(lock: Lock, name: string, from: string): string {
  const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (path in lock || from === '') return path;
  return findLocked(lock, name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
}

function needsOf({ dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} }: Locked): string[] {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/** Lays these packages into a folder as npm would, as real files. What is for other machines is not there to be laid. */
export function linkPackages(installed: string, lock: Lock, folder: string): void {
  for (const path of Object.keys(lock))
    if (existsSync(join(installed, path))) linkFolder(join(installed, path), join(folder, path));
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isFile()) linkSync(join(from, entry.name), join(to, entry.name));
    else if (entry.isDirectory() && entry.name !== 'node_modules') linkFolder(join(from, entry.name), join(to, entry.name));
  }
}
