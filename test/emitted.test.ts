import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { unzipSync } from 'fflate';
import { useProject } from './emitted/project.ts';
import { gatewayAnswers } from './gateway-answers.ts';
import { lendModules } from './lend-modules.ts';
import { writeTree } from './temp-folder.ts';

/** Runs a command to its end, which must be a good one; gives what it printed. */
function run(folder: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

function bundle(folder: string): string {
  run(folder, 'make', 'bundle');
  return createHash('sha256')
    .update(readFileSync(join(folder, 'dist/lambda.zip')))
    .digest('hex');
}

const variants: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { gateway: 'rest', with: ['github', 'container', 'domain'], domain: 'shop.org' },
  { gateway: 'url', with: ['github', 'domain'], domain: 'shop.org', iac: 'opentofu' },
  { ...gatewayAnswers('alb'), with: ['github', 'domain'], domain: 'shop.org' },
  { framework: 'express', with: ['github', 'container'] },
];
for (const answers of variants) {
  describe(`an emitted project of ${JSON.stringify(answers)}`, () => {
    const folder = useProject(answers);

    for (const script of ['types', 'lint', 'format:check']) {
      it(`passes its own npm run ${script}`, () => void run(folder(), 'npm', 'run', '--silent', script)).timeout(60_000);
    }
  });
}

describe('an emitted project', () => {
  const folder = useProject({});

  it('passes its own make test', () => {
    assert.match(run(folder(), 'make', 'test'), /\d+ passing/);
  }).timeout(60_000);

  it('bundles to the same bytes every time, in every folder', () => {
    const elsewhere = `${folder()} elsewhere`;
    cpSync(folder(), elsewhere, {
      recursive: true,
      filter: (path) => !/node_modules|dist/.test(path.slice(folder().length)),
    });
    lendModules(elsewhere);
    const sums = [bundle(folder()), bundle(folder()), bundle(elsewhere)];
    assert.deepEqual(new Set(sums).size, 1);
  }).timeout(30_000);

  it('answers an event of an HTTP API from its zip alone', () => {
    bundle(folder());
    const unzipped = mkdtempSync(`${folder()}-task-`);
    writeTree(unzipped, unzipSync(readFileSync(join(folder(), 'dist/lambda.zip'))));
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/hello/Ada',
      rawQueryString: 'lang=de',
      headers: { host: 'api.example.com', 'x-forwarded-for': '192.0.2.1' },
      requestContext: {
        http: { method: 'GET', path: '/hello/Ada', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1' },
        requestId: 'one',
        stage: '$default',
      },
      isBase64Encoded: false,
    };
    const program = `require('./lambda.js').handler(${JSON.stringify(event)}, { awsRequestId: 'two', getRemainingTimeInMillis: () => 3000 }).then((answer) => console.log('\\n' + JSON.stringify(answer)))`;
    const printed = run(unzipped, process.execPath, '-e', program).trim().split('\n');
    const answer = JSON.parse(printed.at(-1) ?? '') as { statusCode: number; body: string; isBase64Encoded: boolean };
    assert.equal(answer.statusCode, 200);
    const body = answer.isBase64Encoded ? Buffer.from(answer.body, 'base64').toString() : answer.body;
    assert.deepEqual(JSON.parse(body), { message: 'Hallo, Ada!' });
  }).timeout(30_000);

  it('serves GET and POST on this machine, and stops when it is told to', async () => {
    const server = spawn(process.execPath, ['src/local.ts'], {
      cwd: folder(),
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface({ input: server.stdout });
      const [line] = (await once(lines, 'line')) as [string];
      const url = /http:\/\/[\d.]+:\d+/.exec(line)?.[0] ?? '';
      const health = await fetch(`${url}/healthz`);
      assert.deepEqual(await health.json(), { status: 'ok', name: 'demo', version: '0.1.0', functionVersion: 'local' });
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"greeting":"Good day"}' };
      const hello = await fetch(`${url}/hello/Ada`, init);
      assert.deepEqual(await hello.json(), { message: 'Good day, Ada!' });
    } finally {
      server.kill('SIGTERM');
    }
    const [code] = (await once(server, 'close')) as [number];
    assert.equal(code, 0);
  }).timeout(30_000);
});

describe('an emitted project with Express', () => {
  const folder = useProject({ framework: 'express' });

  it('passes its own npm run types and make test', () => {
    run(folder(), 'npm', 'run', '--silent', 'types');
    assert.match(run(folder(), 'make', 'test'), /\d+ passing/);
  }).timeout(60_000);
});
