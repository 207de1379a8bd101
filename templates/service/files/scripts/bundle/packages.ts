import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

type Names = Readonly<Record<string, string>>;

/** What is read of a package.json; package-lock.json says the same of each package. */
export interface Manifest {
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
export function climb(folder: string, isWanted: (folder: string) => boolean): string | undefined {
  if (isWanted(folder)) return folder;
  return dirname(folder) === folder ? undefined : climb(dirname(folder), isWanted);
}

/** Looks for a package where Node does: in the node_modules of a folder, then of those above it. */
function lookUp(name: string, from: string, exists: (path: string) => boolean): string | undefined {
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
  const toInstalled = (folder: string): string =>
    folder.startsWith(installed) ? folder : join(installed, relative(project.lockFolder, folder));
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
      const found = [folder, toInstalled(folder)].map((from) => findPackage(name, from));
      const fit = found.find((path) => path !== undefined && isForFunction(project, path));
      if (fit !== undefined) put(name, fit, place);
    }
  const native = [...places].filter(([, folder]) => isNative(project, folder));
  return new Map([...places, ...native.map(([place, folder]) => [place, toInstalled(folder)] as const)]);
}

/** An optional peer counts only where the project asks for it: it may be there as a tool for something else. */
function listDependencies({ manifest: own }: Project, folder: string): string[] {
  const {
    dependencies,
    optionalDependencies,
    peerDependencies,
    peerDependenciesMeta = {},
  } = readManifest(folder);
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (name) => peerDependenciesMeta[name]?.optional !== true || own.dependencies?.[name] !== undefined,
  );
  const names = new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]);
  return [...names].filter((name) => !name.startsWith('@types/'));
}

function isForFunction({ platform }: Project, folder: string): boolean {
  const manifest = readManifest(folder);
  return (['os', 'cpu', 'libc'] as const).every((key) => {
    const list = manifest[key] ?? [platform[key]];
    return list.some(
      (value) => value === platform[key] || (value.startsWith('!') && value !== `!${platform[key]}`),
    );
  });
}

/** Whether a package brings compiled code, or takes it from packages that are for one platform each. */
export function isNative({ locked }: Project, folder: string): boolean {
  const manifest = readManifest(folder);
  const variants = Object.keys(manifest.optionalDependencies ?? {}).map((name) =>
    locked.get(lookUp(name, folder, (path) => locked.has(path)) ?? ''),
  );
  return (
    ['binding.gyp', 'prebuilds'].some((name) => existsSync(join(folder, name))) ||
    ['binary', 'gypfile', 'napi'].some((key) => key in manifest) ||
    variants.some((variant) => (variant?.os ?? variant?.cpu) !== undefined)
  );
}

/**
 * Installs the dependencies for the function's platform, in the versions of package-lock.json, beside those that this
 * machine runs.
 * @returns the folder that stands for that of package-lock.json
 */
export function installForFunction(project: Project, native: readonly string[]): string {
  const { root, platform, lockFolder, locked } = project;
  const unknown = native.find((folder) => !locked.has(folder));
  if (unknown !== undefined)
    throw new Error(
      `${packageName(unknown)} has native code, but package-lock.json lacks it: run npm install.`,
    );
  const text = readFileSync(join(lockFolder, 'package-lock.json'), 'utf8');
  const { os, cpu, libc } = platform;
  const key = createHash('sha256').update(`${os} ${cpu} ${libc} ${text}`).digest('hex').slice(0, 16);
  const folder = join(root, 'node_modules/.cache/lambda', key);
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  // Its own package.json is that of each workspace; scripts of ours have nothing to do there.
  for (const own of [...locked.keys()].filter((path) => !path.includes('node_modules'))) {
    mkdirSync(join(folder, relative(lockFolder, own)), { recursive: true });
    const manifest = JSON.stringify({ ...readManifest(own), scripts: {} });
    writeFileSync(join(folder, relative(lockFolder, own), 'package.json'), manifest);
  }
  for (const name of ['package-lock.json', '.npmrc'])
    if (existsSync(join(lockFolder, name))) cpSync(join(lockFolder, name), join(folder, name));
  const flags = ['--omit=dev', '--include=optional', `--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`];
  execFileSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', ...flags], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    // For install scripts that fetch what is compiled.
    env: { ...process.env, npm_config_platform: os, npm_config_arch: cpu, npm_config_target_arch: cpu },
  });
  return folder;
}
