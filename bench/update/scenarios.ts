import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Text by path. */
export type Tree = Readonly<Record<string, string>>;

/** What came of an update. */
export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly before: Tree;
  readonly after: Tree;
}

export interface Scenario {
  readonly title: string;
  readonly v1: Tree;
  readonly v2: Tree;
  /** Old path to new path, for tools that can be told. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What the owner of the project does in between. */
  readonly edit: (project: string) => void;
  /** What is there before the update beside that: no git at all, changes of a neighbour, a template whose first version is gone. */
  readonly state?: 'no-git' | 'dirty-sibling' | 'old-version-gone';
  /** @returns what happened, in a few words, and whether that is what an owner would want */
  readonly tell: (outcome: Outcome) => readonly [words: string, isGood: boolean];
}

const write = (project: string, path: string, text: string): void => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};
const replace = (project: string, path: string, [from, to]: readonly [string, string]): void =>
  write(project, path, readFileSync(join(project, path), 'utf8').replace(from, to));

const lines = (text: string): string => `${text.split(' ').join('\n')}\n`;
const letters = lines('one two three four five six seven eight nine ten');
const f = 'f.txt';

/** Where an edit and what is new of a template went. */
function follow(
  { code, after, output }: Outcome,
  path: string,
  [edit, news]: readonly [string, string],
): readonly [string, boolean] {
  const text = after[path] ?? '';
  const isRejected = Object.keys(after).some((name) => name.endsWith('.rej'));
  const isMarked = text.includes('<<<<<<<');
  const [hasEdit, hasNews] = [text.includes(edit), text.includes(news)];
  if (hasEdit && hasNews) return isMarked ? [`marked, exit ${code}`, code !== 0] : ['merged', true];
  const refusal = code === 0 ? '' : `, exit ${code}`;
  if (hasEdit)
    return [isRejected ? `news only in a .rej file${refusal}` : `news not applied${refusal}${reasonOf(output)}`, false];
  return [hasNews ? 'edit lost' : `both lost${refusal}`, false];
}

function reasonOf(output: string): string {
  if (/git-tracked|not a git repository|git repo/i.test(output)) return ' (wants git)';
  if (/dirty|unclean|uncommitted/i.test(output)) return ' (wants a clean repository)';
  return '';
}

export const scenarios: readonly Scenario[] = [
  {
    title: 'edit and news in different places of a file',
    v1: { [f]: letters },
    v2: { [f]: letters.replace('nine', 'NINE') },
    edit: (project) => replace(project, f, ['two', 'TWO']),
    tell: (outcome) => follow(outcome, f, ['TWO', 'NINE']),
  },
  {
    title: 'edit and news in the same line',
    v1: { [f]: letters },
    v2: { [f]: letters.replace('five', 'news') },
    edit: (project) => replace(project, f, ['five', 'edit']),
    tell: (outcome) => follow(outcome, f, ['edit', 'news']),
  },
  {
    title: 'the same, where git ignores `*.rej` and `*.orig`',
    v1: { [f]: letters, '.gitignore': '*.rej\n*.orig\n' },
    v2: { [f]: letters.replace('five', 'news'), '.gitignore': '*.rej\n*.orig\n' },
    edit: (project) => replace(project, f, ['five', 'edit']),
    tell: (outcome) => follow(outcome, f, ['edit', 'news']),
  },
  {
    title: 'a file that the owner deleted changes',
    v1: { [f]: letters, 'other.txt': 'a\n' },
    v2: { [f]: letters.replace('five', 'news'), 'other.txt': 'b\n' },
    edit: (project) => rmSync(join(project, f)),
    tell: ({ after, output, code }) => {
      if (after[f] !== undefined) return ['comes back', false];
      if (after['other.txt'] !== 'b\n') return [`nothing applied, exit ${code}`, false];
      return output.includes(f) ? ['stays away, said', true] : ['stays away', true];
    },
  },
  {
    title: 'a new file meets one of the owner’s',
    v1: { [f]: letters },
    v2: { [f]: letters, 'new.txt': 'news\n' },
    edit: (project) => write(project, 'new.txt', 'edit\n'),
    tell: (outcome) => follow(outcome, 'new.txt', ['edit', 'news']),
  },
  {
    title: 'an edited file gets another name',
    v1: { 'old.txt': letters },
    v2: { 'new.txt': letters.replace('nine', 'NINE') },
    renamed: { 'old.txt': 'new.txt' },
    edit: (project) => replace(project, 'old.txt', ['two', 'TWO']),
    tell: ({ after, code }) => {
      if (after['new.txt']?.includes('TWO')) return ['the edit moves along', true];
      if (after['old.txt']?.includes('TWO'))
        return [after['new.txt'] ? 'the edit stays behind' : `nothing applied, exit ${code}`, false];
      return ['edit lost', false];
    },
  },
  {
    title: 'an edited file is no longer in the template',
    v1: { [f]: letters, 'other.txt': 'a\n' },
    v2: { 'other.txt': 'b\n' },
    edit: (project) => replace(project, f, ['two', 'TWO']),
    tell: ({ after, output, code }) => {
      if (!after[f]?.includes('TWO')) return ['edit lost', false];
      if (after['other.txt'] !== 'b\n') return [`nothing applied, exit ${code}`, false];
      return output.includes(f) ? ['kept, said', true] : ['kept', true];
    },
  },
  {
    title: '`package.json`: a dependency on the next line, and a version that both raised',
    v1: { 'package.json': '{\n  "dependencies": {\n    "koa": "3.0.0",\n    "valibot": "1.0.0"\n  }\n}\n' },
    v2: { 'package.json': '{\n  "dependencies": {\n    "koa": "3.1.0",\n    "valibot": "1.1.0"\n  }\n}\n' },
    edit: (project) =>
      write(
        project,
        'package.json',
        '{\n  "dependencies": {\n    "koa": "3.2.0",\n    "pg": "8.0.0",\n    "valibot": "1.0.0"\n  }\n}\n',
      ),
    tell: (outcome) => {
      const text = outcome.after['package.json'] ?? '';
      try {
        const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
        const { koa, pg, valibot } = dependencies;
        if (koa === '3.2.0' && pg === '8.0.0' && valibot === '1.1.0') return ['merged, the newer version', true];
      } catch {
        // It has markers.
      }
      return follow(outcome, 'package.json', ['"pg"', '1.1.0']);
    },
  },
  {
    title: 'the file has Windows line ends in the project',
    v1: { [f]: letters },
    v2: { [f]: letters.replace('nine', 'NINE') },
    edit: (project) => write(project, f, letters.replace('two', 'TWO').replaceAll('\n', '\r\n')),
    tell: (outcome) => {
      const text = outcome.after[f] ?? '';
      const [words, isGood] = follow(outcome, f, ['TWO', 'NINE']);
      if (!isGood || words !== 'merged') return [words, false];
      return text.replaceAll('\r\n', '').includes('\n') ? ['merged, line ends mixed or lost', false] : ['merged', true];
    },
  },
  {
    title: 'the template’s first version is gone',
    v1: { [f]: letters },
    v2: { [f]: letters.replace('nine', 'NINE') },
    edit: (project) => replace(project, f, ['two', 'TWO']),
    state: 'old-version-gone',
    tell: (outcome) => follow(outcome, f, ['TWO', 'NINE']),
  },
  {
    title: 'in a folder of a repository where a neighbour has changes',
    v1: { [f]: letters },
    v2: { [f]: letters.replace('nine', 'NINE') },
    edit: (project) => replace(project, f, ['two', 'TWO']),
    state: 'dirty-sibling',
    tell: (outcome) => follow(outcome, f, ['TWO', 'NINE']),
  },
  {
    title: 'no git',
    v1: { [f]: letters },
    v2: { [f]: letters.replace('nine', 'NINE') },
    edit: (project) => replace(project, f, ['two', 'TWO']),
    state: 'no-git',
    tell: (outcome) => follow(outcome, f, ['TWO', 'NINE']),
  },
];

/** Writes every file of a tree. */
export function layTree(folder: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) write(folder, path, text);
}
