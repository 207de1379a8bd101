import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must, type Contestant } from './contestants.ts';
import type { Scenario, Tree } from './scenarios.ts';

/**
 * Makes a project with a tool, edits it, publishes the second version, and updates.
 * @returns what happened, behind a sign that says whether an owner would want it
 */
export function compare(contestant: Contestant, scenario: Scenario): string {
  const work = mkdtempSync(join(tmpdir(), 'bench-update-'));
  try {
    const folder = join(work, 'projects');
    const project = join(folder, 'demo');
    mkdirSync(folder);
    const created = contestant.create(work, scenario, { folder, name: 'demo' });
    if (created.code !== 0) throw new Error(`${contestant.name}: ${created.output}`);
    const repository = scenario.state === 'dirty-sibling' ? folder : project;
    if (scenario.state !== 'no-git') {
      must(repository, 'git', 'init', '-q');
      commit(repository);
    }
    scenario.edit(project);
    if (scenario.state !== 'no-git') commit(repository);
    if (scenario.state === 'dirty-sibling') writeFileSync(join(folder, 'neighbour.txt'), 'changed\n');
    const before = readTree(project);
    contestant.release(work, scenario);
    const { code, output } = contestant.update(work, project);
    const [words, isGood] = scenario.tell({ code, output, before, after: readTree(project) });
    return `${isGood ? '✔' : '✖'} ${words}`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function commit(repository: string): void {
  must(repository, 'git', 'add', '-A');
  must(repository, 'git', 'commit', '-qm', 'state', '--allow-empty');
}

function readTree(folder: string): Tree {
  const paths = globSync(['**/*', '.gitignore'], { cwd: folder, exclude: ['**/.git/**'] });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
