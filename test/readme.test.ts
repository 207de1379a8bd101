import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { render } from '../src/render.ts';
import { formatSummary } from '../src/report/summary.ts';
import { useTempFolder, writeTree } from './temp-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const manifest = JSON.parse(read('package.json')) as {
  readonly engines: { readonly node: string };
  readonly homepage: string;
  readonly bugs: string;
  readonly repository: { readonly url: string };
};

describe('README.md', () => {
  const folder = useTempFolder();

  it('leads with what works: the clone, until there is a release', () => {
    const [first = '', second = ''] = Array.from(readme.matchAll(/^```sh\n(.*?)^```$/gms), ([, text = '']) => text);
    const isReleased = !read('CHANGELOG.md').includes(' - unreleased\n') || /^## .* - \d{4}-/m.test(read('CHANGELOG.md'));
    assert.match(isReleased ? second : first, /^git clone /);
    assert.match(isReleased ? first : second, /^npm create tsflask@latest my-api$/m);
  });

  it('shows what tsflask new prints', async () => {
    const planned = await render({ answers: { name: 'my-api' } });
    const replay = 'tsflask new my-api --yes';
    const summary = {
      plan: planned,
      warnings: [],
      kept: [],
      overwritten: [],
      conflicts: [],
      folder: 'my-api',
      replay,
      isDry: false,
    };
    const printed = formatSummary(summary, 80, (_, text) => text);
    const [, shown = ''] = /^```\n\$ tsflask new my-api --yes\n(.*?)^```$/ms.exec(readme) ?? [];
    assert.equal(shown.trim(), printed.trim());
  });

  it('names the Node.js that package.json asks for, wherever it names one', () => {
    const named = Array.from(readme.matchAll(/\^22[\d. |>=]+\d/g), ([text]) => text);
    assert.ok(named.length >= 2);
    for (const range of named) assert.equal(range, manifest.engines.node);
  });

  it('names the versions of yo that tests run', () => {
    const tested = read('test/packed/yo.test.ts').match(/for \(const version of \['5', '6'\]\)/);
    assert.ok(tested && /\(yo 5, 6 or 7\)/.test(readme) && /"yo": "\^7/.test(read('package.json')));
  });

  it('says what the role of the function may do', async () => {
    const { files } = await render({ answers: { name: 'demo' } });
    const terraform = files.filter(({ path }) => path.startsWith('terraform/')).map(({ content }) => String(content));
    assert.equal(
      terraform.some((text) => text.includes('xray:PutTraceSegments')),
      /a role that may write[^|]*traces/.test(readme),
    );
  });

  it('names what the project needs at run time', async () => {
    const { files } = await render({ answers: { name: 'demo' } });
    const { content = '' } = files.find(({ path }) => path === 'package.json') ?? {};
    const { dependencies } = JSON.parse(String(content)) as { dependencies: object };
    const [, named = ''] = /at run time these are (.*)\.$/m.exec(readme) ?? [];
    assert.deepEqual(
      Array.from(named.matchAll(/`([^`]+)`/g), ([, name]) => name),
      Object.keys(dependencies),
    );
  });

  it('is right that Yeoman is not loaded, and prompts only when they are asked', () => {
    const imports = globSync('src/**/*.ts', { cwd: root }).flatMap(
      (path) => read(path).match(/^import (?!type).* from '.*';$/gm) ?? [],
    );
    assert.ok(imports.length > 100);
    assert.deepEqual(
      imports.filter((line) => /'(yeoman|@yeoman|@clack)/.test(line)),
      [],
    );
  });

  it('gives no figures of what is emitted, which move, and none of speed without saying where they were measured', () => {
    const [, sample = ''] = /^(```\n\$ tsflask new .*?^```)$/ms.exec(readme) ?? [];
    assert.doesNotMatch(readme.replace(sample, ''), /\b\d+ files|\d times/);
    assert.match(readme, /measured on one machine, not on Lambda/);
  });

  it('names the questions that it says tsflask questions prints', () => {
    const run = (...args: readonly string[]): string =>
      spawnSync(process.execPath, [join(root, 'src/cli.ts'), 'questions', ...args], { encoding: 'utf8' }).stdout;
    assert.ok(!run().includes('us-gov-west-1') && run().includes('api') && run('--json').includes('us-gov-west-1'));
    for (const choice of ['http', 'koa', 'github', 'terraform']) assert.match(run(), new RegExp(`^ {4}${choice} `, 'm'));
  });

  it('lists the exit codes as they are', () => {
    const codes = Array.from(readme.matchAll(/^\| (\d+) \| /gm), ([, code]) => Number(code));
    assert.deepEqual(codes, [0, 1, 2, 130]); // 2: update.test.ts, generators/update.test.ts
    const exit = (...args: readonly string[]): [code: number | null, written: string[]] => {
      writeTree(folder(), { 'bin/npm': '' });
      const env = { ...process.env, PATH: join(folder(), 'bin') };
      const { status } = spawnSync(process.execPath, [join(root, 'src/cli.ts'), ...args], { cwd: folder(), env });
      return [status, readdirSync(folder()).filter((name) => name !== 'bin')];
    };
    assert.deepEqual(exit('new', 'Demo', '--yes'), [1, []]);
    assert.deepEqual(exit('new', 'demo', '--yes', '--skip-install', '--no-git'), [0, ['demo']]);
    assert.deepEqual(exit('new', 'other', '--yes', '--no-git'), [1, ['demo', 'other']]);
  });
});

describe('package.json', () => {
  it('says where it comes from', () => {
    const { homepage, bugs, repository } = manifest;
    const [, address = ''] = /git clone (\S+)/.exec(readme) ?? [];
    assert.deepEqual([homepage, bugs, repository.url], [`${address}#readme`, `${address}/issues`, `git+${address}.git`]);
  });
});
