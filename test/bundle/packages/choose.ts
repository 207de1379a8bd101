import { execFileSync } from 'node:child_process';

import type { Line } from './line.ts';

/** Which lines run, and what to say of it. */
export interface Choice {
  readonly lines: readonly Line[];
  readonly reason: string;
}

/** In TSFLASK_PACKAGES: `all`, or packages and parts of names, with commas; without it the commit says which third. */
export function chooseLines(table: readonly Line[], wanted = process.env['TSFLASK_PACKAGES'] ?? ''): Choice {
  if (wanted === 'all') return { lines: table, reason: `all ${table.length} lines` };
  if (wanted !== '') {
    const words = wanted.split(',');
    const lines = table.filter(({ name, packages }) => words.some((word) => packages.includes(word) || name.includes(word)));
    if (lines.length === 0) throw new Error(`TSFLASK_PACKAGES=${wanted}: no line of the table has such a package or name.`);
    return { lines, reason: wanted };
  }
  const commit = readCommit();
  const third = Number.parseInt(commit.slice(0, 8), 16) % 3;
  const lines = table.filter((_line, index) => index % 3 === third);
  const reason = `third ${third + 1} of 3, ${lines.length} of ${table.length} lines, by commit ${commit.slice(0, 8)}; make test-packages runs all`;
  return { lines, reason };
}

function readCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    // A source archive has no commit.
    return '00000000';
  }
}
