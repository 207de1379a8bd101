import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is read of a package.json, and of what package-lock.json says of a package. */
interface Manifest extends Partial<
  Readonly<Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', Record<string, string>>>
> {
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly os?: readonly string[];
  readonly hasInstallScript?: boolean;
  /** Of a link to a member of the workspace, where it leads. */
  readonly link?: boolean;
  readonly resolved?: string;
  readonly lambda?: Partial<{ architecture: string; external: string[]; files: string[] }>;
}

export const root = join(import.meta.dirname, '../..');
export const manifest: Manifest = readJson(join(root, 'package.json'));
const cpu = manifest.lambda?.architecture === 'x86_64' ? 'x64' : 'arm64';

/** That of package-lock.json: the project's own, or that of the workspace that it is a member of. */
export const lockFolder =
  ['.', '..', '../..', '../../..']
    .map((up) => join(root, up))
    .find((folder) => existsSync(join(folder, 'package-lock.json'))) ?? root;
export const own = relative(lockFolder, root);
const lockFile = join(lockFolder, 'package-lock.json');
const lock: Readonly<Record<string, Manifest>> = existsSync(lockFile) ? readJson(lockFile).packages : {};

function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @returns the path in package-lock.json, which is that in the zip, of the package that a file is part of */
export function packageOf(file: string): string {
  const [, installed] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return relative(lockFolder, installed ?? (file.startsWith(`${root}/`) ? root : dirname(findManifest(file))));
}

function findManifest(file: string): string {
  return findPackageJSON(pathToFileURL(file)) ?? join(root, 'package.json');
}

/** Whether Node takes a file for a module. */
export function isEsm(file: string): boolean {
  return file.endsWith('.mjs') || (file.endsWith('.js') && readJson(findManifest(file)).type === 'module');
}

/** Looks for a package where Node does: in the node_modules of a folder, then of those above it. */
export function findPackage(name: string, from = own): string {
  const path = join(from, 'node_modules', name);
  if (path in lock || from === '' || from === '.') return (lock[path]?.link && lock[path].resolved) || path;
  return findPackage(name, dirname(from));
}

/** Whether a package brings compiled code, or takes it from packages that are for one platform each. */
export function isNative(path: string): boolean {
  const isCompiled = ['binding.gyp', 'prebuilds'].some((name) => existsSync(join(lockFolder, path, name)));
  const variants = Object.keys(lock[path]?.optionalDependencies ?? {});
  return isCompiled || variants.some((name) => lock[findPackage(name, path)]?.os !== undefined);
}

/** Whether what is installed of a package is for one platform. */
function isBound(path: string): boolean {
  return lock[path]?.os !== undefined || lock[path]?.hasInstallScript === true || isNative(path);
}

/** Lists packages and all that they need, as far as that is installed. */
export function listClosure(paths: Iterable<string>, installed = lockFolder): string[] {
  const closure = new Set(paths);
  // Comes to those that are added meanwhile as well.
  for (const path of closure) {
    if (!(path in lock)) throw new Error(`package-lock.json lacks ${path}, to lie beside the bundle: run npm install.`);
    for (const name of listDependencies(path)) {
      const found = findPackage(name, path);
      if (existsSync(join(installed, found))) closure.add(found);
    }
  }
  return [...closure];
}

/** An optional peer counts only where the project asks for it: it may be there as a tool for something else. */
function listDependencies(path: string): string[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = lock[path] ?? {};
  const peers = Object.keys(peerDependencies ?? {}).filter(
    (name) => !peerDependenciesMeta?.[name]?.optional || manifest.dependencies?.[name] !== undefined,
  );
  const names = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
  return names.filter((name) => !name.startsWith('@types/'));
}

/** @returns the folder with packages for the function's platform, which stands for that of package-lock.json */
export function installForFunction(paths: readonly string[]): string {
  if (!paths.some(isBound)) return lockFolder;
  const hash = createHash('sha256').update(cpu).update(readFileSync(lockFile)).digest('hex');
  const folder = join(root, 'node_modules/.cache/lambda', hash.slice(0, 16));
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  // Each member of a workspace has a package.json of its own; scripts of ours have nothing to do there.
  for (const path of Object.keys(lock).filter((key) => !key.includes('node_modules'))) {
    const member = readJson(join(lockFolder, path, 'package.json'));
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ ...member, scripts: {} }));
  }
  for (const name of globSync(['package-lock.json', '.npmrc'], { cwd: lockFolder }))
    cpSync(join(lockFolder, name), join(folder, name));
  const flags = ['--omit=dev', '--include=optional', '--os=linux', `--cpu=${cpu}`, '--libc=glibc'];
  execFileSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', ...flags], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    // For install scripts that fetch what is compiled.
    env: { ...process.env, npm_config_platform: 'linux', npm_config_arch: cpu, npm_config_target_arch: cpu },
  });
  // What was compiled here would be taken before what is prebuilt for the function.
  for (const path of globSync(`**/prebuilds/linux*${cpu}*`, { cwd: folder }))
    rmSync(join(folder, path, '../../build'), { recursive: true, force: true });
  return folder;
}

/** Gives an unpacked zip the packages of this machine, where it cannot run those of the function. */
export function lendPackages(folder: string): void {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  if (process.platform === 'linux' && process.arch === cpu && header.glibcVersionRuntime) return;
  if (!globSync('**/node_modules/{*,@*/*}', { cwd: folder }).some(isBound)) return;
  rmSync(join(folder, 'node_modules'), { recursive: true });
  symlinkSync(join(lockFolder, 'node_modules'), join(folder, 'node_modules'));
}
