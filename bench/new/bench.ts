/**
 * Wall time and peak memory of `tsflask new` beside create-vite and an empty Node process, all in one run.
 * Usage: node bench/new/bench.ts [runs]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runs = Number(process.argv[2] ?? 21);
const node = process.execPath;

interface Contestant {
  readonly name: string;
  readonly argv: (folder: string) => readonly string[];
}

const contestants: readonly Contestant[] = [
  { name: 'node -e 0', argv: () => ['-e', '0'] },
  {
    name: 'create-vite',
    argv: (folder) => [join(root, 'node_modules/create-vite/index.js'), folder, '--template', 'vanilla-ts', '--no-interactive'],
  },
  { name: 'tsflask new', argv: (folder) => [join(root, 'dist/cli.cjs'), 'new', folder, '--yes', '--skip-install', '--no-git'] },
  { name: 'tsflask new, with git', argv: (folder) => [join(root, 'dist/cli.cjs'), 'new', folder, '--yes', '--skip-install'] },
];

interface Sample {
  readonly ms: number;
  readonly files: number;
}

/** The folder that a person stands in; each project becomes a folder of it. Removing one by one would slow the next run's disk. */
const parent = mkdtempSync(join(tmpdir(), 'bench-new-'));
let runCount = 0;

function measure({ name, argv }: Contestant): Sample {
  const folder = `run-${(runCount += 1)}`;
  const start = performance.now();
  const { status, stderr } = spawnSync(node, argv(folder), { cwd: parent, encoding: 'utf8' });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return { ms, files: countFiles(join(parent, folder)) };
}

function countFiles(folder: string): number {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !/[\\/]\.git([\\/]|$)/.test(entry.parentPath)).length;
}

/** Peak resident memory in MB of one run, by the process's own account. */
function peakMemory({ argv }: Contestant): number {
  const report = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS))`;
  const preload = `data:text/javascript,${encodeURIComponent(report)}`;
  const { stderr } = spawnSync(node, ['--import', preload, ...argv(`run-${(runCount += 1)}`)], { cwd: parent, encoding: 'utf8' });
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

// A first round warms the disk cache; then one run of each in turn, so that a slow spell of the machine hits all alike.
for (const contestant of contestants) measure(contestant);
const samples = new Map(contestants.map((contestant) => [contestant, [] as Sample[]]));
for (let run = 0; run < runs; run += 1) for (const [contestant, list] of samples) list.push(measure(contestant));

const peer = median(samples.get(contestants[1]!)!.map(({ ms }) => ms));
console.log(`Node ${process.version}, ${runs} runs each, in turn\n`);
console.log('| | files | median ms | min–max ms | ratio to create-vite | peak MB |');
console.log('|---|---|---|---|---|---|');
for (const [contestant, list] of samples) {
  const times = list.map(({ ms }) => ms);
  const range = `${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)}`;
  const ratio = (median(times) / peer).toFixed(2);
  const row = [contestant.name, list[0]!.files, median(times).toFixed(0), range, ratio, peakMemory(contestant).toFixed(0)];
  console.log(`| ${row.join(' | ')} |`);
}
rmSync(parent, { recursive: true });
