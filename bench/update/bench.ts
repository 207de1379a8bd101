/**
 * What check, diff and update cost beside new, of an untouched project, and 200 projects one after the other.
 * Usage: npm run build && node bench/update/bench.ts [runs]
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));
const runs = Number(process.argv[2] ?? 21);
const parent = mkdtempSync(join(tmpdir(), 'bench-update-'));
const project = join(parent, 'demo');
const quick = ['--skip-install', '--no-git', '--quiet'];
let made = 0;

/** @returns milliseconds */
function measure(cwd: string, ...args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}

try {
  measure(parent, 'new', 'demo', '--yes', ...quick);
  const commands = {
    new: () => measure(parent, 'new', `new-${(made += 1)}`, '--yes', ...quick),
    check: () => measure(project, 'check', '--quiet'),
    diff: () => measure(project, 'diff'),
    update: () => measure(project, 'update', '--quiet'),
  };
  // In turns, so that what else the machine does is spread over all.
  const samples = Array.from({ length: runs }, () =>
    Object.entries(commands).map(([name, run]) => [name, run()] as const),
  ).flat();
  const medians = Object.keys(commands).map(
    (name) => [name, median(samples.flatMap(([other, ms]) => (other === name ? [ms] : [])))] as const,
  );
  const [, base = 1] = medians[0] ?? [];
  console.table(medians.map(([command, ms]) => ({ command, ms: ms.toFixed(1), ratio: (ms / base).toFixed(2) })));

  const projects = Array.from({ length: 200 }, (_, index) => join(parent, `many-${index}`));
  for (const folder of projects) cpSync(project, folder, { recursive: true });
  const each = projects.map((folder) => measure(folder, 'update', '--quiet', '--description', 'Another one'));
  const [first, last] = [median(each.slice(0, 50)), median(each.slice(-50))];
  console.log(
    `200 projects updated in turn: median of the first fifty ${first.toFixed(1)} ms, of the last fifty ${last.toFixed(1)} ms`,
  );
} finally {
  rmSync(parent, { recursive: true, force: true });
}
