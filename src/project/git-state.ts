import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withoutOuterRepository } from './git.ts';
import { manifestPath } from './manifest.ts';

/** What git says of a project's folder. */
export interface GitState {
  /** Paths with uncommitted changes, from the project on, but for the manifest: answers edited there are what an update is for. */
  readonly dirty: readonly string[];
  /** What the repository is in the middle of. */
  readonly busy?: 'merge' | 'rebase' | 'cherry-pick' | 'revert';
  /** Whether git takes no notice of permission bits here. */
  readonly ignoresModes: boolean;
}

const states = [
  ['MERGE_HEAD', 'merge'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
] as const;

/** Looks at the repository that a project lies in; nothing where there is none, or no git. No hook and no monitor is started. */
export function readGitState(project: string): GitState | undefined {
  const places = git(project, ['rev-parse', '--git-dir', '--show-prefix']);
  if (places === undefined) return undefined;
  const [folder = '', prefix = ''] = places.split('\n');
  const gitFolder = resolve(project, folder);
  const status = git(project, ['status', '--porcelain', '-z', '--untracked-files=normal', '--no-renames', '--', '.']) ?? '';
  const dirty = status
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3).slice(prefix.length))
    .filter((path) => path !== manifestPath);
  const busy = states.find(([name]) => existsSync(join(gitFolder, name)))?.[1];
  const ignoresModes = git(project, ['config', '--bool', 'core.fileMode'])?.trim() === 'false';
  return { dirty, ignoresModes, ...(busy === undefined ? {} : { busy }) };
}

function git(cwd: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', ['-c', 'core.fsmonitor=false', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...withoutOuterRepository(), GIT_OPTIONAL_LOCKS: '0' },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}
