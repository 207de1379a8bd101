import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { render } from '../../src/render.ts';
import { readTree, writeTree } from '../temp-folder.ts';
import { describeTerminal, openTerminal } from '../terminal.ts';
import { root, run, usePrefix } from './prefix.ts';

const quick = ['--skip-install', '--no-git'];
const strictest = { module: 'nodenext', target: 'es2024', lib: ['es2024'], types: [], strict: true, noEmit: true };

describe('the tarball, installed beside yo', function () {
  this.timeout(60_000);
  const prefix = usePrefix();

  function call(
    program: string,
    args: readonly string[],
    cwd: string,
  ): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(program, args, { cwd, env: prefix().env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  describe('holds', () => {
    it('every template, whatever npm thinks of its name', () => {
      const templates = readdirSync(join(root, 'templates'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)));
      const packed = prefix().packed.map(({ path }) => path);
      assert.deepEqual(packed.filter((path) => path.startsWith('templates/')).toSorted(), templates.toSorted());
    });

    it('of ours only what was built for it', () => {
      const others = prefix()
        .packed.map(({ path }) => path)
        .filter((path) => !/^(templates|docs)\//.test(path));
      const allowed =
        /^dist\/((api|testing|generators\/(app|update)\/(index|generator)|chunks\/[\w-]+)\.js|(cli|tsflask|node-version|require-node)\.cjs|overlays\/[\w-]+\.json|types\/.*\.d\.ts)$/;
      const rest = others.filter((path) => !allowed.test(path));
      assert.deepEqual(rest, ['CHANGELOG.md', 'LICENSE', 'README.md', 'overlay.schema.json', 'package.json']);
    });

    it('nothing that publint objects to', () => {
      run(process.execPath, ['node_modules/publint/src/cli.js', '--strict', prefix().tarball], root);
    });
  });

  for (const [program, args] of [
    ['yo', ['tsflask']],
    ['tsflask', ['new']],
  ] as const) {
    describe(`${[program, ...args].join(' ')} without a terminal`, () => {
      it('writes every file that is planned', async () => {
        const cwd = prefix().createFolder(program);
        const { status, stdout, stderr } = call(
          program,
          [...args, 'my-api', '--yes', '--with', 'github,container', ...quick],
          cwd,
        );
        assert.equal(status, 0, stderr);
        assert.match(stdout, /✔ my-api: .*Same again: tsflask new my-api --with github,container --yes\n/s);
        const { files } = await render({ answers: { name: 'my-api', with: ['github', 'container'] } });
        const { '.tsflask/base.json': _base, '.tsflask/manifest.json': _manifest, ...written } = readTree(join(cwd, 'my-api'));
        assert.deepEqual(written, Object.fromEntries(files.map(({ path, content }) => [path, content])));
        assert.deepEqual(readdirSync(cwd), ['my-api']);
      });

      it('makes a repository of it, and keeps nothing in the home folder', () => {
        const cwd = prefix().createFolder(`${program}-git`);
        assert.equal(call(program, [...args, 'my-api', '--yes', '--skip-install', '--quiet'], cwd).status, 0);
        // Root's yo writes as somebody else, whose repositories git would rather not read.
        const log = ['-c', 'safe.directory=*', '-C', join(cwd, 'my-api'), 'log', '--format=%s'];
        assert.equal(run('git', log, cwd), 'Create my-api\n');
        assert.deepEqual(
          readdirSync(prefix().home).filter((name) => name.startsWith('.yo')),
          [],
        );
      });

      it('fails with 1 and the reason alone, and writes nothing', () => {
        const cwd = prefix().createFolder(`${program}-refused`);
        const { status, stderr } = call(program, [...args, 'my-api', '--regin', 'eu-west-1', '--yes', ...quick], cwd);
        assert.equal(status, 1);
        assert.match(stderr, /There is no flag --regin\. Did you mean --region\?/);
        assert.doesNotMatch(stderr, /\n\s+at /);
        assert.deepEqual(readdirSync(cwd), []);
      });

      it('does not wait for answers that nobody can give', () => {
        const cwd = prefix().createFolder(`${program}-asked`);
        const { status, stderr } = call(program, [...args, 'my-api', ...quick], cwd);
        assert.equal(status, 1);
        assert.match(stderr, /Give --region, or --yes/);
      });
    });
  }

  it('tells yo of a folder that may not be written, before it begins', () => {
    const cwd = prefix().createFolder('closed');
    chmodSync(cwd, 0o555);
    const { status, stderr } = call('yo', ['tsflask', 'my-api', '--yes', ...quick], cwd);
    assert.equal(status, 1);
    assert.match(stderr, /my-api cannot be written: you have no permission \(EACCES\)/);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

  it('is two generators for Yeoman, without others that it never meant to be', () => {
    const { stdout } = call('yo', ['--generators'], prefix().createFolder('lookup'));
    assert.match(stdout, /^ {2}tsflask\n {4}update$(?!\n {4})/m);
  });

  it('gives yo the same words of help as tsflask', () => {
    const [yo, bin] = [call('yo', ['tsflask', '--help'], prefix().home), call('tsflask', ['new', '--help'], prefix().home)];
    assert.equal(yo.stdout.trim().replace('yo tsflask', 'tsflask new'), bin.stdout.trim());
  });

  it('finds an overlay that is installed beside it, as a global package is', () => {
    const at = join(prefix().lib, 'node_modules/@acme/house-rules');
    writeTree(at, {
      'package.json': '{"name":"@acme/house-rules","version":"1.2.0"}',
      'overlay.json': '{"name":"house-rules","description":"Ours"}',
      'files/HOUSE.md': 'rules\n',
    });
    const cwd = prefix().createFolder('beside');
    const { status, stderr } = call('tsflask', ['new', 'my-api', '--yes', '--overlay', '@acme/house-rules', ...quick], cwd);
    assert.equal(status, 0, stderr);
    const tree = readTree(join(cwd, 'my-api'));
    assert.equal(tree['HOUSE.md'], 'rules\n');
    const { overlays } = JSON.parse(tree['.tsflask/manifest.json'] ?? '') as { overlays: unknown };
    assert.deepEqual(overlays, [{ package: '@acme/house-rules', version: '1.2.0' }]);
  });

  it('is imported by name, with types', () => {
    const { lib } = prefix();
    writeTree(lib, {
      'package.json': '{"type":"module"}',
      'tsconfig.json': JSON.stringify({ compilerOptions: strictest, files: ['consumer.ts'] }),
      'consumer.ts': `import { questions, render, TsflaskError, type Plan } from 'generator-tsflask';
import { defineOverlay, renderProject } from 'generator-tsflask/testing';
const planned: Plan = await render({ answers: { name: 'demo' } });
const texts: Readonly<Record<string, string>> = await renderProject([defineOverlay({ files: { 'a.txt': 'a' } })]);
// @ts-expect-error an id is a text
const id: number = questions[0]!.id;
if (planned.files.length < 50 || texts['a.txt'] !== 'a' || !id || !TsflaskError) throw new Error('something is missing');
`,
    });
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', lib], lib);
    run(process.execPath, ['consumer.ts'], lib);
  });

  describeTerminal('yo tsflask in a terminal (needs tmux)', () => {
    for (const [columns, rows] of [
      [80, 24],
      [40, 24],
    ] as const) {
      it(`leaves what was made and what is next on a screen of ${columns} by ${rows}`, async () => {
        const cwd = prefix().createFolder(`screen-${columns}`);
        const env = { ...prefix().env, TERM: 'xterm' };
        const terminal = openTerminal(`yo tsflask my-api --yes ${quick.join(' ')}`, cwd, { env, columns, rows });
        try {
          assert.match(await terminal.see(/exit 0/), /✔ my-api: [^]*Next:\n {2}cd my-api\n {2}make server /);
        } finally {
          terminal.close();
        }
      });
    }

    it('wraps what is wrong between words', async () => {
      const env = { ...prefix().env, TERM: 'xterm' };
      const terminal = openTerminal('yo tsflask Demo --yes', prefix().createFolder('narrow'), { env, columns: 40, rows: 24 });
      try {
        assert.match(await terminal.see(/exit 1/), /NAME: "Demo" is not a usable name: it\nbecomes an npm package name/);
      } finally {
        terminal.close();
      }
    });

    it('asks, takes a correction and a search, and ends with 130 and nothing on Ctrl-C', async () => {
      const cwd = prefix().createFolder('terminal');
      const terminal = openTerminal(`yo tsflask ${quick.join(' ')}`, cwd, { env: { ...prefix().env, TERM: 'xterm' } });
      try {
        await terminal.see(/\? Name of the service/);
        terminal.press('My Api', 'Enter');
        await terminal.see(/"My Api" is not a usable name/);
        terminal.press('C-u', 'my-api', 'Enter');
        await terminal.see(/\? What it does/);
        terminal.press('Enter');
        await terminal.see(/❯ eu-west-1 {2}Europe/);
        terminal.press('frankf');
        await terminal.see(/❯ eu-central-1/);
        terminal.press('Enter');
        await terminal.see(/✔ AWS region to deploy to eu-central-1[^]*\? What stands in front/);
        terminal.press('C-c');
        assert.match(
          await terminal.see(/exit/),
          /Interrupted; nothing was written\.\nTo go on from here: yo tsflask my-api [^]*\nexit 130/,
        );
        assert.deepEqual(readdirSync(cwd), []);
      } finally {
        terminal.close();
      }
    });
  });
});
