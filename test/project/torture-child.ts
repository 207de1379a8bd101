/**
 * A process that meets its end or an obstacle: applies the scene's update to a folder, undoes it, or recovers.
 * Its arguments: the task, the folder, and the call to the file system before which it kills itself: its number among those that
 * change something, the path that it is about, or its name and the path. TSFLASK_SPARE says how many files it can open.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { apply } from '../../src/project/apply.ts';
import { recover } from '../../src/project/recover.ts';
import { undoLast } from '../../src/project/undo.ts';
import { sceneSteps } from './torture-scene.ts';

await import('../../src/project/apply-inside.ts');
const [, , task = '', project = ''] = process.argv;
const last = process.argv[4] || 'none';

const changing = [
  'mkdirSync',
  'writeFileSync',
  'renameSync',
  'linkSync',
  'symlinkSync',
  'rmSync',
  'rmdirSync',
  'chmodSync',
  'fsyncSync',
];
const own = fs as unknown as Record<string, (...given: unknown[]) => unknown>;
let calls = 0;
for (const name of changing) {
  const call = own[name]!;
  own[name] = (...given) => {
    calls += 1;
    const path = String(given[/rename|link/.test(name) ? 1 : 0]);
    if ([String(calls), path, `${name} ${path}`].includes(last)) process.kill(process.pid, 'SIGKILL');
    return call.apply(own, given);
  };
}
syncBuiltinESMExports();

const target = { folder: project, exists: true, entries: [] };
const tasks: Readonly<Record<string, () => unknown>> = {
  apply: () => apply(sceneSteps(), target, { undo: 'keep' }),
  'apply-once': () => apply(sceneSteps(), target),
  undo: () => undoLast(project),
  recover: () => recover(project),
};

function openAllBut(spare: number): void {
  const opened: number[] = [];
  try {
    for (;;) opened.push(fs.openSync('/dev/null', 'r'));
  } catch {
    for (const handle of opened.slice(0, spare)) fs.closeSync(handle);
  }
}

// Written at once, not when the loop turns: the work that follows leaves it no turn.
fs.writeSync(1, 'begin\n');
const { TSFLASK_SPARE: spare } = process.env;
if (spare !== undefined) openAllBut(Number(spare));
const begin = performance.now();
try {
  await tasks[task]?.();
  fs.writeSync(1, `done ${calls} ${performance.now() - begin}\n`);
} catch (error) {
  fs.writeSync(1, `${String((error as { code?: string }).code)} ${(error as Error).message}\n`);
}
