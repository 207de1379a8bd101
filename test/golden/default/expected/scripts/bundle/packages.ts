import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

type Names = Readonly<Record<string, string>>;

/** What is read of a package.json, and of what package-lock.json says of a package. */
interface Manifest {
  readonly dependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly peerDependencies?: Names;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly os?: readonly string[];
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  /** Whether it is a link, to a member of the workspace. */
  readonly link?: boolean;
  readonly resolved?: string;
  readonly lambda?: Partial<{ architecture: string; external: string[]; files: string[] }>;
}

export const root = join(import.meta.dirname, '../..');
export const manifest: Manifest = readJson(join(root, 'package.json'));
const cpu = manifest.lambda?.architecture === 'x86_64' ? 'x64' : 'arm64';

/** That of package-lock.json: the project's own, or that of the workspace that it is a member of. */
export const lockFolder = findAbove(root, 'package-lock.json') ?? root;
export const own = relative(lockFolder, root);
const lockFile = join(lockFolder, 'package-lock.json');
const lock: Readonly<Record<string, Manifest>> = existsSync(lockFile) ? readJson(lockFile).packages : {};

function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @returns the nearest folder, from one upwards, that has a file of that name */
function findAbove(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  return dirname(folder) === folder ? undefined : findAbove(dirname(folder), name);
}

/** @returns the path in package-lock.json of the package that a file is part of */
export function packageOf(file: string): string {
  const [, installed] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  const member = file.startsWith(`${root}/`) ? root : findAbove(dirname(file), 'package.json');
  return relative(lockFolder, installed ?? member ?? root);
}

/** @returns the name by which a package is imported */
export function nameOf(path: string): string {
  return path.replace(/^.*node_modules\//, '') || 'this project';
}

/** Whether Node takes a file for a module. */
export function isEsm(file: string): boolean {
  const manifestFile = join(findAbove(dirname(file), 'package.json') ?? root, 'package.json');
  return file.endsWith('.mjs') || (file.endsWith('.js') && readJson(manifestFile).type === 'module');
}

/** Looks for a package where Node does: in the node_modules of a folder, then of those above it. */
export function findPackage(name: string, from = own): string | undefined {
  const path = join(from, 'node_modules', name);
  if (path in lock) return lock[path]?.link ? lock[path].resolved : path;
  return from === '' || from === '.' ? undefined : findPackage(name, dirname(from));
}

/** @returns the path of a package in the zip, which is that in package-lock.json, or of the link to it */
export function placeOf(path: string): string {
  for (const [link, { resolved = '' }] of Object.entries(lock).filter(([, entry]) => entry.link))
    if (`${path}/`.startsWith(`${resolved}/`)) return join(link, relative(resolved, path));
  return path;
}

/** Whether a package brings compiled code, or takes it from packages that are for one platform each. */
export function isNative(path: string): boolean {
  const isCompiled = ['binding.gyp', 'prebuilds'].some((name) => existsSync(join(lockFolder, path, name)));
  return isCompiled || hasVariants(path);
}

function hasVariants(path: string): boolean {
  const names = Object.keys(lock[path]?.optionalDependencies ?? {});
  return names.some((name) => lock[findPackage(name, path) ?? '']?.os !== undefined);
}

/** Lists packages and all that they need, as far as that is installed. */
export function listClosure(paths: Iterable<string>, installed = lockFolder): string[] {
  const closure = new Set(paths);
  // Comes to those that are added meanwhile as well.
  for (const path of closure) {
    if (!(path in lock))
      throw new Error(`package-lock.json lacks ${nameOf(path)}, to lie beside the bundle: run npm install.`);
    for (const name of listDependencies(path)) {
      const found = findPackage(name, path);
      if (found !== undefined && existsSync(join(installed, found))) closure.add(found);
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

/** @returns the folder that has packages as the function needs them, where package-lock.json is here */
export function installForFunction(paths: readonly string[]): string {
  const isBound = paths.some((path) => lock[path]?.os ?? (lock[path]?.hasInstallScript || isNative(path)));
  if (!isBound) return lockFolder;
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

/** @throws when a package that was to be compiled, or fetched compiled, is not so for the function */
export function requireCompiled(path: string, folder: string): void {
  if (!existsSync(join(folder, 'binding.gyp')) || lock[path]?.optional || hasVariants(path)) return;
  const files = globSync('**/*.node', { cwd: folder }).map((name) => readFileSync(join(folder, name)));
  // The machine that an ELF file is for: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
  const machine = cpu === 'arm64' ? 183 : 62;
  if (files.some((file) => file.indexOf('ELF') === 1 && file.readUInt16LE(18) === machine)) return;
  const advice = 'bundle on such a machine, or allow its install script';
  throw new Error(`${nameOf(path)} has no compiled code for linux ${cpu}: ${advice}.`);
}

/** Lays packages that are for one platform, as this machine has them, over those that the function needs. */
export function layLocal(folder: string): void {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const isAlike = process.platform === 'linux' && process.arch === cpu && header.glibcVersionRuntime;
  if (isAlike) return;
  for (const [path, { os, hasInstallScript, dev }] of Object.entries(lock)) {
    const [source, target] = [join(lockFolder, path), join(folder, placeOf(path))];
    if (dev || !existsSync(source) || !(os ?? (hasInstallScript && existsSync(target)))) continue;
    cpSync(source, target, { recursive: true, filter: (name) => basename(name) !== 'node_modules' });
  }
}
