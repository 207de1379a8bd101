import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useProject } from './project.ts';

const projects = [
  { gateway: 'rest', framework: 'koa' },
  { gateway: 'url', framework: 'express' },
] as const;

for (const { gateway, framework } of projects) {
  describe(`an emitted project that streams, with ${gateway} and ${framework}`, () => {
    const folder = useProject({ gateway, framework, with: ['streaming'] });

    function run(...command: readonly string[]): string {
      const [program = '', ...args] = command;
      const { status, stdout, stderr } = spawnSync(program, args, {
        cwd: folder(),
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      assert.equal(status, 0, stdout + stderr);
      return stdout;
    }

    for (const script of ['types', 'lint', 'format:check'])
      it(`passes its own npm run ${script}`, () => void run('npm', 'run', '--silent', script)).timeout(60_000);

    it('passes its own make test and make doors', () => {
      assert.match(run('make', 'test'), /GET \/events\?count=3&everyMs=5 alike.*\d+ passing/s);
      const printed = run('make', 'doors');
      assert.match(printed, /send on what is written at once: the function.*\d+ passing/s);
    }).timeout(90_000);

    it('does without serverless-http', () => {
      const { dependencies } = JSON.parse(readFileSync(join(folder(), 'package.json'), 'utf8')) as { dependencies: object };
      assert.ok(!('serverless-http' in dependencies));
      assert.doesNotMatch(readFileSync(join(folder(), 'src/lambda/handler.ts'), 'utf8'), /serverless/);
    });

    it('says in its README how to write a stream, and what limits it', () => {
      const readme = readFileSync(join(folder(), 'README.md'), 'utf8');
      const example = /## Streams.*?```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
      assert.match(example, framework === 'koa' ? /ctx\.body = Readable\.from/ : /pipeline\(Readable\.from/);
      assert.match(readme, /\| Body of an answer .* 200 MB.*\|/);
      const [, seconds] = /An answer's time +\| (\d+) s/.exec(readme) ?? [];
      assert.match(readFileSync(join(folder(), 'terraform/stages/dev/main.tf'), 'utf8'), new RegExp(`timeout_s = ${seconds}\n`));
    });
  });
}
