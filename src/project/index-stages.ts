import { spawnSync } from 'node:child_process';
import type { Content } from '../plan/overlay.ts';
import { withoutOuterRepository } from './git.ts';

/** A file in conflict, as git keeps one: what it was, what the user made of it, and what the update brings. */
export interface ConflictSides {
  readonly path: string;
  readonly executable: boolean;
  readonly base?: Content | undefined;
  readonly ours: Content;
  readonly theirs: Content;
}

/**
 * Tells git of conflicts as a merge does, so that `git status` lists them and a mergetool opens them; files stay as they are.
 * https://git-scm.com/docs/git-update-index#_using_index_info
 * @throws with what git says
 */
export function stageConflicts(project: string, conflicts: readonly ConflictSides[]): void {
  const prefix = git(project, ['rev-parse', '--show-prefix']).trim();
  const lines = conflicts.flatMap(({ path, executable, base, ours, theirs }) => {
    const mode = executable ? '100755' : '100644';
    const sides = [base, ours, theirs].flatMap((content, index) =>
      content === undefined ? [] : [`${mode} ${hashObject(project, content)} ${index + 1}\t${prefix}${path}`],
    );
    // Without this, the file would be there unmerged and merged.
    return [`0 ${'0'.repeat(40)}\t${prefix}${path}`, ...sides];
  });
  git(project, ['update-index', '-z', '--index-info'], `${lines.join('\0')}\0`);
}

function hashObject(project: string, content: Content): string {
  return git(project, ['hash-object', '-w', '--stdin'], content).trim();
}

function git(cwd: string, args: readonly string[], input: Content = ''): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd,
    encoding: 'utf8',
    env: withoutOuterRepository(),
    input,
  });
  if (status !== 0) throw error ?? new Error(`git ${args[0]}: ${stderr.trim()}`);
  return stdout;
}
