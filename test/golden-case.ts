import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../src/plan/plan.ts';
import { render } from '../src/render.ts';
import { readTree, writeTree } from './temp-folder.ts';

/** What one set of answers gives. All but the default case hold what differs from it. */
export interface GoldenCase {
  /** Texts by path: those that the default case has not, or not so. */
  readonly expected: Readonly<Record<string, string>>;
  /** Paths that only the default case has, sorted. */
  readonly removed: readonly string[];
}

export const defaultCase = 'default';

const root = fileURLToPath(new URL('golden', import.meta.url));

/** Names of all cases, the default one first. */
export function listCases(): string[] {
  const names = globSync('*/answers.json', { cwd: root }).map((path) => path.split(/[\\/]/)[0] ?? '');
  return [defaultCase, ...names.filter((name) => name !== defaultCase).toSorted()];
}

/** Plans a project from a case's answers. */
export async function planCase(name: string): Promise<Plan> {
  const text = readFileSync(join(root, name, 'answers.json'), 'utf8');
  return render({ answers: JSON.parse(text) as Record<string, unknown> });
}

/** What a case should hold by the sources as they are. */
export async function renderCase(name: string): Promise<GoldenCase> {
  const files = textsOf(await planCase(name));
  if (name === defaultCase) return { expected: files, removed: [] };
  const usual = textsOf(await planCase(defaultCase));
  return {
    expected: Object.fromEntries(Object.entries(files).filter(([path, text]) => usual[path] !== text)),
    removed: Object.keys(usual).filter((path) => !(path in files)),
  };
}

/** What a case holds on the disk. */
export function readCase(name: string): GoldenCase {
  const folder = join(root, name);
  const removed = join(folder, 'removed.txt');
  return {
    expected: existsSync(join(folder, 'expected')) ? readTree(join(folder, 'expected')) : {},
    removed: existsSync(removed) ? readFileSync(removed, 'utf8').trimEnd().split('\n') : [],
  };
}

/** Puts a case on the disk in the place of what it held. */
export function writeCase(name: string, { expected, removed }: GoldenCase): void {
  const folder = join(root, name);
  for (const path of ['expected', 'removed.txt']) rmSync(join(folder, path), { recursive: true, force: true });
  writeTree(join(folder, 'expected'), expected);
  if (removed.length > 0) writeTree(folder, { 'removed.txt': `${removed.join('\n')}\n` });
}

function textsOf({ files }: Plan): Record<string, string> {
  const entries = files.map(({ path, content, executable }) => {
    // A golden shows texts; what is neither needs another form of golden first.
    assert.ok(typeof content === 'string' && !executable, path);
    return [path, content];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}
