import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layTree, type Scenario, type Tree } from './scenarios.ts';

export interface Run {
  readonly code: number;
  readonly output: string;
}

/** A tool that keeps projects up to date with their template. */
export interface Contestant {
  readonly name: string;
  /** Publishes the first version, and makes the folder NAME of it. */
  readonly create: (work: string, scenario: Scenario, into: { readonly folder: string; readonly name: string }) => Run;
  /** Publishes the second version. */
  readonly release: (work: string, scenario: Scenario) => void;
  /** Updates a project without a terminal. */
  readonly update: (work: string, project: string) => Run;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'src/cli.ts');
const who = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** @returns how a program ended, and all that it said */
export function run(cwd: string, program: string, ...args: readonly string[]): Run {
  const env = { ...process.env, ...who, GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', input: '' });
  if (error) throw error;
  return { code: status ?? 130, output: stdout + stderr };
}

/** @throws with what it said when a program fails */
export function must(cwd: string, program: string, ...args: readonly string[]): void {
  const { code, output } = run(cwd, program, ...args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${output}`);
}

export const tsflask: Contestant = {
  name: 'tsflask',
  create: (work, { v1 }, { folder, name }) => {
    layOverlay(work, v1, {});
    const flags = ['--yes', '--overlay', join(work, 'rules'), '--skip-install', '--no-git'];
    return run(folder, process.execPath, cli, 'new', name, ...flags);
  },
  release: (work, { v2, renamed = {} }) => layOverlay(work, v2, renamed),
  update: (_, project) => run(project, process.execPath, cli, 'update'),
};

function layOverlay(work: string, tree: Tree, renamed: Readonly<Record<string, string>>): void {
  rmSync(join(work, 'rules'), { recursive: true, force: true });
  const policies = { 'package.json': { policy: 'merge-json' } };
  const manifest = { name: 'rules', description: 'A template', renamed, files: 'package.json' in tree ? policies : {} };
  // npm drops a .gitignore from what it packs.
  const files = Object.entries(tree).map(([path, text]) => [`files/${path.replace(/^\.git/, '_git')}`, text]);
  layTree(join(work, 'rules'), { 'overlay.json': JSON.stringify(manifest), ...Object.fromEntries(files) });
}

/** A template in a git repository of its own, with a tag for each version. */
function publish(work: string, tree: Tree, tag: string): void {
  const repository = join(work, 'template');
  mkdirSync(repository, { recursive: true });
  must(repository, 'git', 'init', '-q', '-b', 'main');
  must(repository, 'git', 'rm', '-rfq', '--ignore-unmatch', '.');
  layTree(repository, tree);
  must(repository, 'git', 'add', '-A', '-f');
  must(repository, 'git', 'commit', '-qm', tag);
  must(repository, 'git', 'tag', tag);
}

/** As after a history that was rewritten. */
function forget(work: string, tag: string): void {
  const repository = join(work, 'template');
  must(repository, 'git', 'checkout', '-q', '--orphan', 'anew');
  must(repository, 'git', 'branch', '-D', 'main');
  must(repository, 'git', 'tag', '-d', tag);
  must(repository, 'git', 'reflog', 'expire', '--expire=now', '--all');
  must(repository, 'git', 'gc', '-q', '--prune=now');
}

function publishSecond(work: string, tree: Tree, state: Scenario['state']): void {
  if (state === 'old-version-gone') forget(work, 'v1.0.0');
  publish(work, tree, 'v2.0.0');
}

function below(folder: string, tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).map(([path, text]) => [`${folder}/${path}`, text]));
}

function copierTree(tree: Tree): Tree {
  const files = { ...tree, '{{_copier_conf.answers_file}}.jinja': '{{ _copier_answers|to_nice_yaml -}}\n' };
  return { 'copier.yml': '_subdirectory: template\n', ...below('template', files) };
}

function cookieTree(tree: Tree): Tree {
  return { 'cookiecutter.json': '{"name": "demo"}', ...below('{{cookiecutter.name}}', tree) };
}

/** @param bin - of the virtual environment that both are installed in */
function pythonContestants(bin: string): readonly Contestant[] {
  return [
    {
      name: 'copier',
      create: (work, { v1 }, { folder, name }) => {
        publish(work, copierTree(v1), 'v1.0.0');
        return run(folder, join(bin, 'copier'), 'copy', '--defaults', join(work, 'template'), name);
      },
      release: (work, { v2, state }) => publishSecond(work, copierTree(v2), state),
      update: (_, project) => run(project, join(bin, 'copier'), 'update', '--defaults'),
    },
    {
      name: 'cruft',
      create: (work, { v1 }, { folder }) => {
        publish(work, cookieTree(v1), 'v1.0.0');
        return run(folder, join(bin, 'cruft'), 'create', join(work, 'template'), '--no-input', '--checkout', 'v1.0.0');
      },
      release: (work, { v2, state }) => publishSecond(work, cookieTree(v2), state),
      update: (_, project) => run(project, join(bin, 'cruft'), 'update', '-y', '--checkout', 'v2.0.0'),
    },
  ];
}

/** A generator that writes its templates again; its menu is answered in one way for every file. */
function yeoman(answer: 'write' | 'skip', name: string): Contestant {
  const generate = (work: string, project: string): Run =>
    run(work, process.execPath, join(root, 'bench/update/yeoman.ts'), join(work, 'tree.json'), project, answer);
  return {
    name,
    create: (work, { v1 }, { folder, name: project }) => {
      writeFileSync(join(work, 'tree.json'), JSON.stringify(v1));
      return generate(work, join(folder, project));
    },
    release: (work, { v2 }) => writeFileSync(join(work, 'tree.json'), JSON.stringify(v2)),
    update: generate,
  };
}

export function contestantsOf(bin: string): readonly Contestant[] {
  const menus = [yeoman('write', 'Yeoman’s menu: overwrite'), yeoman('skip', 'Yeoman’s menu: skip')];
  return [tsflask, ...pythonContestants(bin), ...menus];
}
