import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { renderProject } from '../../src/testing.ts';
import { writeTree } from '../temp-folder.ts';
import { commandOf, environmentOf, isLetThrough, parseDockerfile, valuesOf, type BuildStage } from './dockerfile.ts';

// The image's own instructions, one after the other, on this machine instead of in the image named by FROM.
describe('the image', function () {
  this.timeout(60_000);
  let parent = '';
  let image: BuildStage;
  let server: ChildProcess;
  let url = '';

  before(async () => {
    parent = mkdtempSync(join(tmpdir(), 'tsflask-image-'));
    const stages = await buildStages(parent);
    image = stages.at(-1) ?? assert.fail('no FROM');
    [server, url] = await start(join(parent, 'last/app'), image);
  });
  after(() => {
    server?.kill('SIGKILL');
    rmSync(parent, { recursive: true, force: true });
  });

  it('holds the service, what it needs at run time, and no more', () => {
    const app = join(parent, 'last/app');
    for (const path of ['package.json', 'src/local.ts', 'node_modules/koa']) assert.ok(existsSync(join(app, path)), path);
    for (const path of ['test', 'terraform', 'package-lock.json', 'node_modules/mocha'])
      assert.ok(!existsSync(join(app, path)), path);
  });

  it('serves', async () => {
    const response = await fetch(`${url}/healthz`);
    assert.equal(response.status, 200);
    assert.partialDeepStrictEqual(await response.json(), { status: 'ok', name: 'demo', functionVersion: 'local' });
  });

  it('tells a caller nothing of its inside', async () => {
    const response = await fetch(`${url}/nothing-here`);
    assert.equal(response.status, 404);
    assert.doesNotMatch(await response.text(), /stack/);
  });

  it('is healthy while it serves, and ill after', async () => {
    assert.equal(checkHealth(image, url), 0);
    assert.equal(checkHealth(image, 'http://127.0.0.1:9'), 1);
  });

  it('ends by itself on its stop signal, without an error', async () => {
    const ended = once(server, 'exit');
    server.kill(valuesOf(image, 'STOPSIGNAL')[0] as NodeJS.Signals);
    assert.deepEqual(await ended, [0, null]);
  });
});

/** Runs COPY and RUN of every FROM, each in a folder of its own: `dependencies/app`, `last/app`. */
async function buildStages(parent: string): Promise<readonly BuildStage[]> {
  const files = await renderProject([], { with: ['container'] });
  const manifest = { ...(JSON.parse(files['package.json'] ?? '') as object), devDependencies: {} };
  const context = join(parent, 'context');
  // Without development dependencies, which the image leaves out, the lock is made in a second.
  writeTree(context, { ...files, 'package.json': JSON.stringify(manifest) });
  run(context, 'npm install --package-lock-only --no-audit --no-fund --loglevel=error');
  const stages = parseDockerfile(files['Dockerfile'] ?? '');
  for (const stage of stages) {
    const app = join(parent, stage.name ?? 'last', 'app');
    mkdirSync(app, { recursive: true });
    for (const { keyword, value } of stage.instructions) {
      if (keyword === 'RUN') run(app, value);
      if (keyword === 'COPY') copy(value, { app, parent, ignore: files['.dockerignore'] ?? '' });
    }
  }
  return stages;
}

function copy(value: string, { app, parent, ignore }: { app: string; parent: string; ignore: string }): void {
  const words = value.split(' ');
  const from = /^--from=(.+)$/.exec(words[0] ?? '')?.[1];
  const target = words.at(-1) ?? '';
  for (const source of words.slice(from === undefined ? 0 : 1, -1)) {
    assert.ok(from !== undefined || isLetThrough(source, ignore), source);
    const path = from === undefined ? join(parent, 'context', source) : join(parent, from, source);
    cpSync(path, target.endsWith('/') ? join(app, source) : join(app, target), { recursive: true });
  }
}

// The Node.js that runs this test stands for the image's, instead of the machine's.
const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);

function run(cwd: string, command: string): void {
  const { status, stdout, stderr } = spawnSync(command, {
    cwd,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  assert.equal(status, 0, `${command}\n${stdout}${stderr}`);
}

/** CMD with the image's ENV alone, but on a free port of this machine. */
async function start(cwd: string, image: BuildStage): Promise<[ChildProcess, string]> {
  const [program = '', ...args] = commandOf(valuesOf(image, 'CMD')[0] ?? '');
  const child = spawn(program, args, {
    cwd,
    env: { ...environmentOf(image), PATH: path, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port] = /http:\/\/0\.0\.0\.0:(\d+)/.exec(line) ?? [];
    if (port !== undefined) return [child, `http://127.0.0.1:${port}`];
  }
  throw new Error('It ended before it listened.');
}

/** The exit code of HEALTHCHECK's command, in a container that serves at this address. */
function checkHealth(image: BuildStage, url: string): number | null {
  const [program = '', ...args] = commandOf(valuesOf(image, 'HEALTHCHECK')[0] ?? '');
  return spawnSync(program, args, { env: { PATH: path, PORT: new URL(url).port } }).status;
}
