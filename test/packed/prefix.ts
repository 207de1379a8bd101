import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gitEnvironment } from '../environment.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A prefix of npm that holds `yo` and our tarball, as a user's machine does. */
export interface Prefix {
  readonly tarball: string;
  /** What the tarball holds. */
  readonly packed: readonly { readonly path: string; readonly mode: number }[];
  /** Where both are installed: `lib/node_modules` is below it. */
  readonly lib: string;
  /** An environment in which `yo` and `tsflask` are on the PATH, and HOME is an empty folder. */
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** An empty folder to run them in. */
  readonly createFolder: (name: string) => string;
}

const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/**
 * Packs and installs once for all tests of a suite.
 * @param yo - which version of it
 */
export function usePrefix(yo = devDependencies['yo']!): () => Prefix {
  let prefix: Prefix | undefined;
  let folder = '';
  before(function () {
    this.timeout(300_000);
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-packed-')));
    // Root's `yo` gives up being root, so everybody must be able to come in.
    chmodSync(folder, 0o755);
    prefix = createPrefix(folder, yo);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  return () => prefix!;
}

function createPrefix(folder: string, yo: string): Prefix {
  const createFolder = (name: string): string => {
    mkdirSync(join(folder, name));
    chmodSync(join(folder, name), 0o777);
    return join(folder, name);
  };
  run('npm', ['run', 'build', '--silent'], root);
  const [pack] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root)) as [Pack];
  const tarball = join(folder, pack.filename);
  const quick = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  run('npm', ['install', '--global', '--prefix', join(folder, 'npm'), ...quick, tarball, `yo@${yo}`], folder);
  const home = createFolder('home');
  const path = [join(folder, 'npm', 'bin'), dirname(process.execPath), process.env['PATH']].join(delimiter);
  const env = { ...gitEnvironment, HOME: home, PATH: path, npm_config_prefix: join(folder, 'npm'), NO_UPDATE_NOTIFIER: '1' };
  return { tarball, packed: pack.files, lib: join(folder, 'npm', 'lib'), env, home, createFolder };
}

interface Pack {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Runs a program that must succeed, and gives what it printed. */
export function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
  assert.equal(status, 0, `${program} ${args.join(' ')}\n${error?.message ?? ''}${stdout}${stderr}`);
  return stdout;
}
