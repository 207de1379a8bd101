import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { TsflaskError } from '../error.ts';
import type { LocatedOverlay } from './locate-overlay.ts';

// Nothing but the package itself is wanted, and nothing of it may run.
const install = ['install', '--omit=dev', '--omit=peer', '--omit=optional', '--legacy-peer-deps', '--no-audit', '--no-fund'];
const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=30000', '--loglevel=error'];
// In the environment they reach the npm that npm itself starts in a git repository.
const forbidScripts = { npm_config_ignore_scripts: 'true', npm_config_allow_git: 'root' };

const isWindows = process.platform === 'win32';

/**
 * Has npm fetch a package into a folder of its own: by name and version, from a git repository, or from a tarball. No script of it
 * is run.
 * @param from - folder that a relative path starts from
 * @throws {@link TsflaskError} `OVERLAY_NOT_FETCHED` with what npm says
 */
export async function fetchPackage(spec: string, from: string): Promise<LocatedOverlay> {
  // npm is a batch file there, and a shell stands between.
  if (isWindows && /[\s"&|<>^%]/.test(spec)) throw notFetched(spec, 'a shell would misread its name');
  const folder = mkdtempSync(join(tmpdir(), 'tsflask-overlay-'));
  const dispose = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const complaint = await runNpm([...install, ...patience, '--prefix', folder, absolute(spec, from)], folder);
    if (complaint !== undefined) throw notFetched(spec, complaint);
    return { ...findInstalled(folder, spec, from), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** What npm complains of; nothing where all went well. */
async function runNpm(args: readonly string[], cwd: string): Promise<string | undefined> {
  const env = { ...process.env, ...forbidScripts };
  try {
    await promisify(execFile)('npm', args, { cwd, env, shell: isWindows, timeout: 120_000 });
    return undefined;
  } catch (error) {
    const { code, killed, stderr = '' } = error as { code?: unknown; killed?: boolean; stderr?: string };
    if (code === 'ENOENT') return 'npm is not on the PATH';
    return killed ? 'npm did not end within two minutes' : stderr;
  }
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly resolved?: string }>>;
}

/** The one package that was asked for; others are what it depends on. */
function findInstalled(folder: string, spec: string, from: string): Omit<LocatedOverlay, 'dispose'> {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const name = Object.keys(dependencies)[0]!;
  const path = `node_modules/${name}`;
  const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as Lock;
  const { version, resolved = spec } = packages[path]!;
  const isByName = spec.startsWith(`${name}@`);
  return {
    folder: join(folder, path),
    package: { name, version, ...(isByName ? {} : { from: isFile(spec) ? absolute(spec, from) : resolved }) },
  };
}

function absolute(spec: string, from: string): string {
  return isFile(spec) ? resolve(from, spec.replace(/^file:/, '')) : spec;
}

/** A tarball on this disk, which only its path names. */
function isFile(spec: string): boolean {
  return !/^(?!file:)[\w+]+:|^git@/.test(spec) && /\.(tgz|tar\.gz)$/.test(spec);
}

function notFetched(spec: string, said: string): TsflaskError {
  const lines = said.split('\n').map((line) => line.replace(/^npm error /, '').trim());
  const why = lines.filter((line) => line !== '' && !line.startsWith('A complete log')).slice(0, 3);
  return new TsflaskError({
    code: 'OVERLAY_NOT_FETCHED',
    problem: `--overlay ${spec}: npm cannot fetch it: ${why.join(' · ')}.`,
    fix: 'Correct the name or the address, or give the path of a folder that has an overlay.json.',
  });
}
