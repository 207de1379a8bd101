import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findWorkspace, joinWorkspace } from '../../src/project/workspace.ts';
import { readTree, useTempFolder, writeTree, type Tree } from '../temp-folder.ts';

describe('findWorkspace', () => {
  const folder = useTempFolder();

  const cases: [title: string, tree: Tree, found: readonly [manager: string, isMember: boolean] | undefined][] = [
    ['npm, whose patterns take it in', { 'package.json': '{"workspaces":["packages/*"]}' }, ['npm', true]],
    ['npm, whose patterns do not', { 'package.json': '{"workspaces":["apps/*"]}' }, ['npm', false]],
    ['npm, which leaves it out', { 'package.json': '{"workspaces":["packages/*","!packages/svc"]}' }, ['npm', false]],
    ['npm, by its very path', { 'package.json': '{"workspaces":["./packages/svc/"]}' }, ['npm', true]],
    ['npm, at any depth', { 'package.json': '{"workspaces":["**"]}' }, ['npm', true]],
    [
      'yarn, by its lock file',
      { 'package.json': '{"workspaces":{"packages":["packages/**"]}}', 'yarn.lock': '' },
      ['yarn', true],
    ],
    ['yarn, by its name', { 'package.json': '{"workspaces":[],"packageManager":"yarn@4.0.0"}' }, ['yarn', false]],
    ['pnpm', { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' }, ['pnpm', true]],
    ['pnpm without packages', { 'package.json': '{}', 'pnpm-workspace.yaml': '' }, ['pnpm', false]],
    ['a package without workspaces', { 'package.json': '{"name":"x"}' }, undefined],
    ['a package.json that is none', { 'package.json': '{' }, undefined],
  ];
  for (const [title, tree, found] of cases) {
    it(`sees ${title}`, async () => {
      writeTree(folder(), tree);
      const workspace = await findWorkspace(join(folder(), 'packages/svc'));
      const expected = found && { root: folder(), manager: found[0], path: 'packages/svc', isMember: found[1] };
      assert.deepEqual(workspace, expected);
    });
  }

  const joined: [title: string, tree: Tree, path: string, text: string][] = [
    [
      'a list, and keeps its indentation',
      { 'package.json': '{\n\t"name": "x",\n\t"workspaces": ["a"]\n}\n' },
      'package.json',
      '{\n\t"name": "x",\n\t"workspaces": [\n\t\t"a",\n\t\t"packages/svc"\n\t]\n}\n',
    ],
    [
      'a list of packages',
      { 'package.json': '{ "workspaces": { "packages": ["a"], "nohoist": [] } }', 'yarn.lock': '' },
      'package.json',
      '{\n  "workspaces": {\n    "packages": [\n      "a",\n      "packages/svc"\n    ],\n    "nohoist": []\n  }\n}\n',
    ],
    [
      "pnpm's file, and keeps its comments",
      { 'package.json': '{}', 'pnpm-workspace.yaml': '# ours\npackages:\n  - a # b\n' },
      'pnpm-workspace.yaml',
      '# ours\npackages:\n  - a # b\n  - packages/svc\n',
    ],
    [
      "pnpm's file without a list",
      { 'package.json': '{}', 'pnpm-workspace.yaml': '' },
      'pnpm-workspace.yaml',
      'packages:\n  - packages/svc\n',
    ],
  ];
  for (const [title, tree, path, text] of joined) {
    it(`joins ${title}`, async () => {
      writeTree(folder(), tree);
      const workspace = await findWorkspace(join(folder(), 'packages/svc'));
      await joinWorkspace(workspace!);
      assert.equal(readTree(folder())[path], text);
      assert.equal((await findWorkspace(join(folder(), 'packages/svc')))?.isMember, true);
    });
  }

  it('says why it cannot join', async () => {
    const gone = { root: join(folder(), 'gone'), manager: 'npm', path: 'svc', isMember: false } as const;
    assert.deepEqual(await joinWorkspace(gone), { kind: 'failed', message: 'there is no such file (ENOENT)' });
  });
});
