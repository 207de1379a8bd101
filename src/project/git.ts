import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { outerRepository } from './outer-repository.ts';

/** What became of the first commit; `failed` carries git's own words. */
export type GitResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'inside-repository' }
  | { readonly kind: 'failed'; readonly step: string; readonly message: string };

/** Makes a repository with one commit of everything, unless the folder lies in one. Never throws. */
export function createRepository(folder: string, message: string): GitResult {
  if (existsSync(join(folder, '.git')) || outerRepository(folder) !== undefined) return { kind: 'inside-repository' };
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', message],
  ]) {
    const { status, error, stderr } = spawnSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      env: withoutOuterRepository(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) return { kind: 'failed', step: `git ${args[0]!}`, message: (error?.message ?? stderr).trim() };
  }
  return { kind: 'committed' };
}

/** In a git hook these name the outer repository, which would get our commit. */
export function withoutOuterRepository(): NodeJS.ProcessEnv {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...env } = process.env;
  return env;
}
