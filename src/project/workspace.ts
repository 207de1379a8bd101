import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { reasonOf } from '../error.ts';

export type PackageManager = 'npm' | 'pnpm' | 'yarn';

/** A folder of several packages that a project goes into. */
export interface Workspace {
  readonly root: string;
  readonly manager: PackageManager;
  /** The project's folder from the root on, with `/`. */
  readonly path: string;
  /** Whether the patterns of the root take the project in. */
  readonly isMember: boolean;
}

interface RootManifest {
  readonly packageManager?: string;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
}

const pnpmFile = 'pnpm-workspace.yaml';

/** The workspace whose root lies above a folder; none where there is no such root. */
export async function findWorkspace(folder: string): Promise<Workspace | undefined> {
  for (let root = dirname(folder); root !== dirname(root); root = dirname(root)) {
    const patterns = await patternsOf(root);
    if (patterns === undefined) continue;
    const path = relative(root, folder).replaceAll(sep, '/');
    return { root, manager: managerOf(root), path, isMember: isMatch(path, patterns) };
  }
  return undefined;
}

/** What became of joining a workspace. */
export type JoinResult = { readonly kind: 'joined' } | { readonly kind: 'failed'; readonly message: string };

/** Adds a project to the list of its workspace, in the form that the list has. Never throws: the project stays. */
export async function joinWorkspace(workspace: Workspace): Promise<JoinResult> {
  try {
    await addToList(workspace);
    return { kind: 'joined' };
  } catch (error) {
    return { kind: 'failed', message: reasonOf(error) };
  }
}

async function addToList({ root, manager, path }: Workspace): Promise<void> {
  if (manager === 'pnpm') {
    const { parseDocument } = await import('yaml');
    const document = parseDocument(readFileSync(join(root, pnpmFile), 'utf8'));
    if (document.has('packages')) document.addIn(['packages'], path);
    else document.set('packages', [path]);
    writeFileSync(join(root, pnpmFile), String(document));
    return;
  }
  const file = join(root, 'package.json');
  const text = readFileSync(file, 'utf8');
  const manifest = JSON.parse(text) as RootManifest;
  const { workspaces = [] } = manifest;
  const added =
    'packages' in workspaces
      ? { ...workspaces, packages: [...(workspaces.packages ?? []), path] }
      : [...(workspaces as []), path];
  const [, indent = '  '] = /^([ \t]+)"/m.exec(text) ?? [];
  writeFileSync(file, `${JSON.stringify({ ...manifest, workspaces: added }, null, indent)}\n`);
}

async function patternsOf(root: string): Promise<readonly string[] | undefined> {
  if (existsSync(join(root, pnpmFile))) {
    const { parse } = await import('yaml');
    return ((parse(readFileSync(join(root, pnpmFile), 'utf8')) as { packages?: readonly string[] } | null) ?? {}).packages ?? [];
  }
  const { workspaces } = readManifest(root);
  return workspaces && 'packages' in workspaces ? (workspaces.packages ?? []) : (workspaces as readonly string[] | undefined);
}

function managerOf(root: string): PackageManager {
  const has = (name: string): boolean => existsSync(join(root, name));
  const { packageManager = '' } = readManifest(root);
  if (has(pnpmFile)) return 'pnpm';
  return packageManager.startsWith('yarn') || has('yarn.lock') ? 'yarn' : 'npm';
}

function readManifest(root: string): RootManifest {
  try {
    return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as RootManifest;
  } catch {
    // Whoever has a package.json that is none has other worries, and no workspace.
    return {};
  }
}

/** Whether the last pattern that fits a path takes it in; one with `!` leaves it out. */
function isMatch(path: string, patterns: readonly string[]): boolean {
  return patterns.reduce((isIn, pattern) => {
    const glob = pattern.replace(/^!/, '').replace(/^\.\//, '').replace(/\/$/, '');
    return toRegExp(glob).test(path) ? !pattern.startsWith('!') : isIn;
  }, false);
}

function toRegExp(glob: string): RegExp {
  const source = glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll(/\*\*\/?|\*|\?/g, (star) => {
    if (star.startsWith('**')) return star.endsWith('/') ? '(?:.*/)?' : '.*';
    return star === '*' ? '[^/]*' : '[^/]';
  });
  return new RegExp(`^${source}$`);
}
