import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { TsflaskError } from '../error.ts';
import { fetchPackage } from './fetch-package.ts';
import { parseOverlaySource, type OverlaySource } from './overlay-source.ts';
import { packageRoot } from './package-root.ts';

/** A package as a manifest names it, so that another machine finds it. */
export interface PackageName {
  readonly name: string;
  readonly version: string;
  /** Where npm got it, if not by its name. */
  readonly from?: string;
}

/** Where an overlay lies. */
export interface LocatedOverlay {
  readonly folder: string;
  /** Of a package that was looked for by name, or that npm fetched. */
  readonly package?: PackageName;
  /** Takes away what was fetched, once it is read. */
  readonly dispose: () => void;
}

/**
 * Finds what `--overlay` names: a folder relative to `from`; a package installed there, in a folder above, or beside this one, as a
 * global package and one of `npx -p` is; or, of a version, in a repository or a tarball, what npm fetches.
 * @throws {@link TsflaskError} `OVERLAY_NOT_FOUND`; `OVERLAY_NOT_FETCHED` with what npm says
 */
export async function locateOverlay(text: string, from: string): Promise<LocatedOverlay> {
  const sources = parseOverlaySource(text);
  for (const source of sources) {
    const located = await locate(source, from);
    if (located) return located;
  }
  const wanted = sources.find(({ kind }) => kind === 'package');
  const fix =
    wanted === undefined
      ? 'Give the path of a folder that has an overlay.json.'
      : `Give the path of a folder that has an overlay.json, install the package, or have npm fetch it: --overlay ${text}@latest`;
  const packages = wanted === undefined ? '' : `, and no such package is installed in or above ${from}, nor beside tsflask`;
  throw new TsflaskError({
    code: 'OVERLAY_NOT_FOUND',
    problem: `--overlay ${text}: there is no such folder${packages}.`,
    fix,
  });
}

async function locate(source: OverlaySource, from: string): Promise<LocatedOverlay | undefined> {
  if (source.kind === 'folder') {
    const folder = resolve(from, source.path);
    return existsSync(folder) ? { folder, dispose: () => undefined } : undefined;
  }
  if (source.kind === 'spec') return fetchPackage(source.spec, from);
  const { name, range } = source;
  for (const folder of [...installedIn(from, name), ...installedIn(packageRoot, name)]) {
    const version = versionOf(folder);
    if (range === undefined || (await isIn(version, range))) {
      return { folder, package: { name, version }, dispose: () => undefined };
    }
  }
  return range === undefined ? undefined : fetchPackage(`${name}@${range}`, from);
}

/** Where a package that is an overlay is installed, in a folder or above it. */
function installedIn(folder: string, name: string): string[] {
  const installed = join(folder, 'node_modules', name);
  const above = dirname(folder) === folder ? [] : installedIn(dirname(folder), name);
  return existsSync(join(installed, 'overlay.json')) ? [installed, ...above] : above;
}

function versionOf(folder: string): string {
  const path = join(folder, 'package.json');
  return existsSync(path) ? ((JSON.parse(readFileSync(path, 'utf8')) as { version?: string }).version ?? '0.0.0') : '0.0.0';
}

async function isIn(version: string, range: string): Promise<boolean> {
  const { default: satisfies } = await import('semver/functions/satisfies.js');
  return satisfies(version, range);
}
