import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import {
  locate,
  lookUp,
  packageName,
  placePackages,
  type Places,
  type Project,
  readManifest,
} from './packages.ts';

/** Lays packages out, those with native code as they are for the function's platform. */
export function placeForFunction(project: Project, folders: readonly string[]): Places {
  const places = placePackages(project, folders);
  const native = [...places.values()].filter((folder) => isNative(project, folder));
  if (native.length === 0) return places;
  const installed = installForFunction(project, native);
  const chosen = [...placePackages(project, folders, installed)].map(
    ([place, folder]) =>
      [place, isNative(project, folder) ? locate(project, folder, installed) : folder] as const,
  );
  // What is optional may not be there for the function.
  return new Map(chosen.filter(([, folder]) => existsSync(folder)));
}

/** Whether a package brings compiled code, or takes it from packages that are for one platform each. */
export function isNative(project: Project, folder: string): boolean {
  const manifest = readManifest(folder);
  return (
    ['binding.gyp', 'prebuilds'].some((name) => existsSync(join(folder, name))) ||
    ['binary', 'gypfile', 'napi'].some((key) => key in manifest) ||
    hasVariants(project, folder)
  );
}

function hasVariants({ locked }: Project, folder: string): boolean {
  return Object.keys(readManifest(folder).optionalDependencies ?? {}).some((name) => {
    const variant = locked.get(lookUp(name, folder, (path) => locked.has(path)) ?? '');
    return (variant?.os ?? variant?.cpu) !== undefined;
  });
}

/** @throws when a package that was to be compiled, or fetched compiled, is not so for the function */
function requireCompiled(project: Project, folder: string, installed: string): void {
  const { locked, platform } = project;
  if (
    !existsSync(join(folder, 'binding.gyp')) ||
    locked.get(folder)?.optional ||
    hasVariants(project, folder)
  )
    return;
  // The machine that an ELF file is for: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
  const machine = platform.cpu === 'arm64' ? 183 : 62;
  const compiled = globSync('**/*.node', { cwd: installed }).map((path) =>
    readFileSync(join(installed, path)),
  );
  if (compiled.some((code) => code.toString('latin1', 1, 4) === 'ELF' && code.readUInt16LE(18) === machine))
    return;
  const name = packageName(folder);
  throw new Error(
    `${name} has no compiled code for ${platform.os} ${platform.cpu}: bundle on such a machine, or allow its install script.`,
  );
}

/**
 * Installs the dependencies for the function's platform, in the versions of package-lock.json, beside those that this
 * machine runs.
 * @returns the folder that stands for that of package-lock.json
 */
function installForFunction(project: Project, native: readonly string[]): string {
  const { root, platform, lockFolder, locked } = project;
  const unknown = native.find((folder) => !locked.has(folder));
  if (unknown !== undefined)
    throw new Error(
      `${packageName(unknown)} has native code, but package-lock.json lacks it: run npm install.`,
    );
  const text = readFileSync(join(lockFolder, 'package-lock.json'), 'utf8');
  const key = createHash('sha256').update(`${platform.cpu} ${text}`).digest('hex').slice(0, 16);
  const folder = join(root, 'node_modules/.cache/lambda', key);
  if (!existsSync(join(folder, 'node_modules/.package-lock.json'))) installLocked(project, folder);
  for (const path of native) requireCompiled(project, path, locate(project, path, folder));
  return folder;
}

function installLocked({ lockFolder, locked, platform: { os, cpu, libc } }: Project, folder: string): void {
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
}
