import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { renderProject } from '../../src/testing.ts';
import { commandOf, environmentOf, isLetThrough, parseDockerfile, valuesOf, type BuildStage } from './dockerfile.ts';

describe('the container overlay', () => {
  let files: Readonly<Record<string, string>>;
  let stages: readonly BuildStage[];
  let image: BuildStage;
  before(async () => {
    files = await renderProject([], { with: ['container'] });
    stages = parseDockerfile(files['Dockerfile'] ?? '');
    image = stages.at(-1) ?? assert.fail('no FROM');
  });

  it('builds on the Node.js that was chosen, in every stage of the build', async () => {
    assert.deepEqual(
      stages.map((stage) => stage.image),
      ['node:24-trixie-slim', 'node:24-trixie-slim'],
    );
    const older = await renderProject([], { with: ['container'], node: '22' });
    assert.deepEqual(
      parseDockerfile(older['Dockerfile'] ?? '').map((stage) => stage.image),
      ['node:22-trixie-slim', 'node:22-trixie-slim'],
    );
  });

  it('takes what the lock says, and nothing that only development needs', () => {
    assert.deepEqual(
      stages.flatMap((stage) => valuesOf(stage, 'RUN')),
      ['npm ci --omit=dev --no-audit --no-fund'],
    );
  });

  it('copies only what .dockerignore lets through', () => {
    const ignore = files['.dockerignore'] ?? '';
    const copied = stages
      .flatMap((stage) => valuesOf(stage, 'COPY').filter((value) => !value.startsWith('--from=')))
      .flatMap((value) => value.split(' ').slice(0, -1));
    assert.deepEqual(copied, ['package.json', 'package-lock.json', 'package.json', 'src']);
    for (const path of copied) assert.ok(isLetThrough(path, ignore), path);
    for (const path of ['.env', '.git/config', 'node_modules/koa/package.json', 'terraform/dev.tfstate']) {
      assert.ok(!isLetThrough(path, ignore), path);
    }
    assert.match(ignore, /^\*$/m);
  });

  it('does not run as root, and says so by number', () => {
    assert.deepEqual(valuesOf(image, 'USER'), ['1000']);
    assert.ok(
      image.instructions.findIndex(({ keyword }) => keyword === 'USER') >
        image.instructions.findLastIndex(({ keyword }) => keyword === 'COPY'),
    );
  });

  it('listens to all addresses, and does not call its stage local', () => {
    assert.deepEqual(environmentOf(image), { NODE_ENV: 'production', STAGE: 'container', HOST: '0.0.0.0', PORT: '3000' });
    assert.deepEqual(valuesOf(image, 'EXPOSE'), ['3000']);
  });

  it('hands the stop signal to Node.js itself', () => {
    assert.deepEqual(valuesOf(image, 'STOPSIGNAL'), ['SIGTERM']);
    assert.deepEqual(commandOf(valuesOf(image, 'CMD')[0] ?? ''), ['node', 'src/local.ts']);
    assert.ok(files['src/local.ts']);
  });

  it('asks /healthz with what is in the image', () => {
    const [program, ...args] = commandOf(valuesOf(image, 'HEALTHCHECK')[0] ?? '');
    assert.equal(program, 'node');
    assert.match(args.join(' '), /\/healthz/);
  });

  it('has a compose file that opens one port on this machine only', () => {
    const { services } = parse(files['compose.yaml'] ?? '') as { services: Record<string, Record<string, unknown>> };
    assert.deepEqual(services['app']?.['ports'], ['127.0.0.1:${PORT:-3000}:3000']);
    assert.equal(services['app']?.['image'], '${IMAGE:-demo}');
    assert.equal(services['app']?.['read_only'], true);
  });

  it('passes on variables that the service knows, and none that mean this machine', () => {
    const { services } = parse(files['compose.yaml'] ?? '') as { services: { app: { environment: Record<string, string> } } };
    const known = Array.from(files['.env.example']?.matchAll(/^([A-Z_]+)=/gm) ?? [], ([, name]) => name);
    const passed = Object.keys(services.app.environment);
    assert.ok(passed.length > 0);
    for (const name of passed) assert.ok(known.includes(name) && !['HOST', 'PORT'].includes(name), name);
  });

  it('adds its targets to the Makefile', () => {
    for (const target of ['image', 'container']) assert.match(files['Makefile'] ?? '', new RegExp(`^${target}: .*## `, 'm'));
  });
});
