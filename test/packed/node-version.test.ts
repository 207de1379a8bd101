import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { readFileSync } from 'node:fs';
import { root, run } from './prefix.ts';

const dist = join(root, 'dist');

describe('on a Node.js that is too old', () => {
  before(function () {
    this.timeout(60_000);
    run('npm', ['run', 'build', '--silent'], root);
  });

  /** Runs what is built on this Node.js, which says that it is another one. */
  function onNode(version: string, code: string): { status: number | null; stderr: string; stdout: string } {
    const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
    return spawnSync(process.execPath, ['-e', `${pretend}${code}`], { encoding: 'utf8' });
  }
  const bin = `process.argv = ['node', 'tsflask', '--version']; require(${JSON.stringify(join(dist, 'cli.cjs'))})`;
  const generator = `import(${JSON.stringify(join(dist, 'generators/app/index.js'))}).catch((error) => { console.error(error.message); process.exitCode = 1; })`;

  for (const version of ['0.12.18', '8.17.0', '20.20.2', '22.17.9', '23.11.0', '24.10.0']) {
    for (const [what, code] of [
      ['tsflask', bin],
      ['yo tsflask', generator],
    ] as const) {
      it(`${what} says in one line that ${version} will not do, and fails`, () => {
        const { status, stderr, stdout } = onNode(version, code);
        assert.match(
          stderr,
          new RegExp(`^(✖ )?tsflask needs Node\\.js .*; this is ${version.replaceAll('.', '\\.')}\\. Get one from .*\\n$`),
        );
        assert.deepEqual([status, stdout], [1, '']);
      });
    }
  }

  for (const version of ['22.18.0', '22.30.1', '24.11.0', '24.21.0', '26.10.0', '30.0.0']) {
    it(`${version} will do`, () => assert.deepEqual([onNode(version, bin).stderr, onNode(version, bin).status], ['', 0]));
  }

  for (const file of ['cli.cjs', 'node-version.cjs']) {
    it(`${file} is read by every Node.js: there is nothing in it that ES5 has not`, async () => {
      const text = readFileSync(join(dist, file), 'utf8');
      const [old, today] = await Promise.all([transform(text, { target: 'es5' }), transform(text, { target: 'esnext' })]);
      assert.equal(old.code, today.code);
    });
  }
});
