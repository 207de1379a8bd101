import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runNew } from '../../src/commands/new.ts';
import { useEnvironment } from '../environment.ts';
import { readTree, useTempFolder, writeTree } from '../temp-folder.ts';
import { stubTerminal } from './stub-terminal.ts';

describe('tsflask new within something larger', () => {
  const folder = useTempFolder();
  useEnvironment(() => ({ PATH: `${join(folder(), 'bin')}:/usr/bin:/bin` }));

  beforeEach(() => {
    for (const name of ['npm', 'pnpm']) {
      writeTree(folder(), { [`bin/${name}`]: `#!/bin/sh\necho ${name} $PWD >> "${folder()}/ran"\n` });
      chmodSync(join(folder(), 'bin', name), 0o755);
    }
    mkdirSync(join(folder(), 'packages'));
  });

  async function run(args: readonly string[], choice?: string): Promise<string> {
    const prompts = { choice: async () => choice as never, question: async ({ default: it }: { default?: unknown }) => it };
    const { terminal, printed } = stubTerminal(join(folder(), 'packages'), choice === undefined ? undefined : prompts);
    await runNew(['svc', '--no-git', ...args], terminal);
    return printed().stdout.replaceAll(/\n {2}(?=\S)/g, ' ');
  }
  const roots = (): string => readTree(folder())['package.json'] ?? '';

  it('says that npm installs at the root where the patterns take it in', async () => {
    writeTree(folder(), { 'package.json': '{"workspaces":["packages/*"]}' });
    assert.match(await run(['--yes']), /! packages\/svc is a workspace of \S+: npm installs its dependencies there\./);
    assert.equal(roots(), '{"workspaces":["packages/*"]}');
  });

  it('says how to join where they do not, and changes nothing unasked', async () => {
    writeTree(folder(), { 'package.json': '{"workspaces":["apps/*"]}' });
    const printed = await run(['--yes', '--skip-install']);
    assert.match(printed, /! \S+ has npm workspaces, and packages\/svc is none of them; --workspace makes it one\./);
    assert.match(printed, /Same again: tsflask new svc --yes\n/);
    assert.equal(roots(), '{"workspaces":["apps/*"]}');
  });

  it('joins with --workspace, and says so in the command that makes the same again', async () => {
    writeTree(folder(), { 'package.json': '{"workspaces":["apps/*"]}' });
    assert.match(await run(['--yes', '--workspace', '--skip-install']), /Same again: tsflask new svc --yes --workspace\n/);
    assert.deepEqual(JSON.parse(roots()), { workspaces: ['apps/*', 'packages/svc'] });
  });

  for (const [answer, workspaces] of [
    ['yes', ['apps/*', 'packages/svc']],
    ['no', ['apps/*']],
  ] as const) {
    it(`joins when it is asked and told ${answer}`, async () => {
      writeTree(folder(), { 'package.json': '{"workspaces":["apps/*"]}' });
      await run(['--skip-install'], answer);
      assert.deepEqual(JSON.parse(roots()), { workspaces });
    });
  }

  it('installs with the manager of the workspace', async () => {
    writeTree(folder(), { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages: [packages/*]\n' });
    assert.match(await run(['--yes']), /pnpm installs its dependencies there\. The Makefile calls npm; put pnpm in its place\./);
    assert.equal(readTree(folder())['ran'], `pnpm ${join(folder(), 'packages/svc')}\n`);
  });

  it('writes nothing outside on a dry run', async () => {
    writeTree(folder(), { 'package.json': '{"workspaces":["apps/*"]}' });
    await run(['--yes', '--workspace', '--dry-run']);
    assert.equal(roots(), '{"workspaces":["apps/*"]}');
  });

  it('says so where there is no workspace to join', async () => {
    assert.match(
      await run(['--yes', '--workspace', '--skip-install']),
      /! --workspace: there is no workspace above the project\./,
    );
  });

  it('says that GitHub looks for no workflows within a repository', async () => {
    mkdirSync(join(folder(), '.git'));
    const quick = ['--yes', '--skip-install', '--force'];
    const note =
      /! GitHub runs no workflow of packages\/svc\/\.github, only those of \S+\/\.github: move them there, and give each "working-directory: packages\/svc"\./;
    assert.match(await run([...quick, '--with', 'github']), note);
    assert.doesNotMatch(await run(quick), /GitHub/);
    mkdirSync(join(folder(), 'packages/svc/.git'));
    assert.doesNotMatch(await run([...quick, '--with', 'github']), /GitHub/);
  });
});
