import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';

type Names = Readonly<Record<string, string>>;

/** What is read of a package.json; package-lock.json says the same of each package. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type?: string;
  readonly dependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly peerDependencies?: Names;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optional?: boolean;
  readonly allowScripts?: unknown;
  /** Ours: packages and files to lay beside the bundle, and what the function runs on. */
  readonly lambda?: {
    readonly architecture?: string;
    readonly external?: readonly string[];
    readonly files?: readonly string[];
  };
}

export interface Project {
  readonly root: string;
  readonly manifest: Manifest;
  /** The function's, in the words of npm. */
  readonly platform: Readonly<Record<'os' | 'cpu' | 'libc', string>>;
  /** That of package-lock.json: the project's own, or that of the workspaces it is one of. */
  readonly lockFolder: string;
  /** By folder, what package-lock.json says of the packages, those for other platforms too. */
  readonly locked: ReadonlyMap<string, Manifest>;
}

/** By place, such as `node_modules/pg`, the folders of packages. */
export type Places = ReadonlyMap<string, string>;

/** @throws when `lambda.architecture` is none of Lambda's */
export function loadProject(root: string): Project {
  const manifest = readManifest(root);
  const { architecture = 'arm64' } = manifest.lambda ?? {};
  if (architecture !== 'arm64' && architecture !== 'x86_64')
    throw new Error(`lambda.architecture in package.json is "${architecture}": write arm64 or x86_64.`);
  const platform = { os: 'linux', cpu: architecture === 'arm64' ? 'arm64' : 'x64', libc: 'glibc' };
  const lockFolder = climb(root, (folder) => existsSync(join(folder, 'package-lock.json'))) ?? root;
  const file = join(lockFolder, 'package-lock.json');
  const lock = existsSync(file) ? readFileSync(file, 'utf8') : '{}';
  const { packages = {} } = JSON.parse(lock) as { packages?: Record<string, Manifest> };
  const locked = new Map(Object.entries(packages).map(([key, entry]) => [join(lockFolder, key), entry]));
  return { root, manifest, platform, lockFolder, locked };
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** @returns the nearest folder that is wanted, from one upwards */
function climb(folder: string, isWanted: (folder: string) => boolean): string | undefined {
  if (isWanted(folder)) return folder;
  return dirname(folder) === folder ? undefined : climb(dirname(folder), isWanted);
}

/** Looks for a package where Node does: in the node_modules of a folder, then of those above it. */
export function lookUp(name: string, from: string, exists: (path: string) => boolean): string | undefined {
  const above = climb(from, (folder) => exists(join(folder, 'node_modules', name)));
  return above === undefined ? undefined : join(above, 'node_modules', name);
}

export function findPackage(name: string, from: string): string | undefined {
  const folder = lookUp(name, from, (path) => existsSync(join(path, 'package.json')));
  return folder === undefined ? undefined : realpathSync(folder);
}

/** @returns the folder of the package that a file is part of; `undefined` for the project's own */
export function packageFolder(file: string, root: string): string | undefined {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  if (folder !== undefined || file.startsWith(`${root}/`)) return folder;
  // Part of another workspace, to which node_modules has a link.
  return climb(dirname(file), (path) => existsSync(join(path, 'package.json')));
}

/** Whether Node takes a file for a module. */
export function isEsm(file: string): boolean {
  const folder = climb(dirname(file), (path) => existsSync(join(path, 'package.json'))) ?? '';
  return extname(file) === '.mjs' || (extname(file) === '.js' && readManifest(folder).type === 'module');
}

/** The name by which a package is imported, which an alias makes another than its own. */
export function packageName(folder: string): string {
  return /^.*\bnode_modules\/(.+)$/.exec(folder)?.[1] ?? readManifest(folder).name;
}

/**
 * Lays packages out with all that they depend on, each as near the top as it can be, so that each finds the versions
 * that it finds on the disk, however npm hoisted them there.
 * @param installed - where npm installed them for the function; it has what this machine has no use for
 */
export function placePackages(
  project: Project,
  folders: Iterable<string>,
  installed = project.lockFolder,
): Places {
  const places = new Map<string, string>();
  const put = (name: string, folder: string, importer: string): void => {
    const taken = lookUp(name, importer, (path) => places.has(path));
    if (taken !== undefined && places.get(taken) === folder) return;
    const below = importer === '.' ? `node_modules/${name}@${readManifest(folder).version}` : '';
    places.set(
      taken === undefined ? `node_modules/${name}` : below || `${importer}/node_modules/${name}`,
      folder,
    );
  };
  for (const folder of folders) put(packageName(folder), folder, '.');
  // Comes to those that are put meanwhile as well.
  for (const [place, folder] of places)
    for (const name of listDependencies(project, folder)) {
      const found = [folder, locate(project, folder, installed)].map((from) => findPackage(name, from));
      const fit = found.find((path) => path !== undefined && isForFunction(project, path));
      if (fit !== undefined) put(name, fit, place);
    }
  return places;
}

/** Where a package is that is installed in two places. */
export function locate({ lockFolder }: Project, folder: string, installed: string): string {
  return folder.startsWith(installed) ? folder : join(installed, relative(lockFolder, folder));
}

/** An optional peer counts only where the project asks for it: it may be there as a tool for something else. */
function listDependencies({ manifest: own }: Project, folder: string): string[] {
  const manifest = readManifest(folder);
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter(
    (name) =>
      manifest.peerDependenciesMeta?.[name]?.optional !== true || own.dependencies?.[name] !== undefined,
  );
  const others = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  return [...new Set([...others, ...peers])].filter((name) => !name.startsWith('@types/'));
}

function isForFunction({ platform }: Project, folder: string): boolean {
  const manifest = readManifest(folder);
  return (['os', 'cpu', 'libc'] as const).every((key) =>
    (manifest[key] ?? [platform[key]]).some((value) =>
      value.startsWith('!') ? value !== `!${platform[key]}` : value === platform[key],
    ),
  );
}
