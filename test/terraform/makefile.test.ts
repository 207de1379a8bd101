import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { useTempFolder } from '../temp-folder.ts';
import { StubbedProject } from './stubs.ts';
import type { Call } from './stubs.ts';

const root = 'terraform -chdir=terraform/stages/dev';
const lock = [
  `${root} get`,
  `${root} providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_amd64 -platform=darwin_arm64`,
];
const init = [...lock, `${root} init -input=false`];
const plan = [...init, 'npm run bundle', `${root} plan -input=false -out=stage.tfplan`];
const doors = ['npm run bundle', 'npm test -- test/doors.test.ts'];
const deploy = [...doors, ...init];
const apply = `${root} apply`;
const outputs = `${root} output -json service`;
const destroy = [...init, 'npm run bundle', `${root} destroy`];
const approved = (calls: readonly string[]): string[] =>
  calls.map((call) => call.replace(/ (apply|destroy)$/, ' $1 -auto-approve'));
const lambda = '--function-name demo-dev --region eu-west-1 --output json';
const alias = `aws lambda get-alias ${lambda} --name live`;
const goBack = (version: string, history: string): string =>
  `aws lambda update-alias ${lambda} --name live --function-version ${version} --routing-config {"AdditionalVersionWeights":{}} --description ${history}`;
const withoutBundle = (calls: readonly string[]): string[] => calls.filter((call) => call !== 'npm run bundle');
const toProd = (calls: readonly string[]): string[] => calls.map((call) => call.replaceAll('dev', 'prod'));
const toTofu = (calls: readonly string[]): string[] => calls.map((call) => call.replace('terraform ', 'tofu '));

/** A target, what is answered and set, and every call it makes. */
const cases: [command: string, call: Call, calls: readonly string[]][] = [
  ['server', {}, ['node --watch src/local.ts']],
  ['debug', {}, ['node --inspect --watch src/local.ts']],
  ['gateway', {}, ['npm run bundle', 'node scripts/gateway.ts']],
  ['test', {}, ['npm test']],
  ['doors', {}, doors],
  ['lint', {}, ['npm run lint']],
  ['format', {}, ['npm run format', 'terraform fmt -recursive terraform']],
  ['bundle', {}, ['npm run bundle']],
  [
    'lock',
    {},
    ['bootstrap', 'stages/dev', 'stages/prod'].flatMap((path) => lock.map((call) => call.replace('stages/dev', path))),
  ],
  ['plan', {}, plan],
  ['plan SKIP_BUNDLE=1', {}, withoutBundle(plan)],
  ['plan STAGE=prod', {}, toProd(plan)],
  ['plan TF=tofu', {}, toTofu(plan)],
  ['deploy', {}, [...deploy, apply, outputs, alias]],
  ['deploy YES=1', {}, approved([...deploy, apply, outputs, alias])],
  ['deploy YES=1 SKIP_BUNDLE=1 STAGE=prod', {}, [...approved(toProd(withoutBundle([...deploy, apply, outputs]))), alias]],
  ['apply', {}, [...init, `${root} apply -input=false stage.tfplan`, outputs, alias]],
  ['release', {}, [...init, outputs, alias]],
  ['release ROOT=../..', {}, ['terraform -chdir=../.. output -json service', alias]],
  ['poll', {}, [...init, outputs, alias]],
  ['output', {}, [...init, `${root} output service`]],
  ['unlock LOCK=1234', {}, [...init, `${root} force-unlock 1234`]],
  ['destroy', {}, destroy],
  ['destroy YES=1', {}, approved(destroy)],
  // Terraform asks.
  ['destroy STAGE=prod YES=1', {}, toProd(destroy)],
  ['logs', {}, [...init, outputs, 'aws logs tail /demo/dev/function --region eu-west-1 --follow --since 10m --format short']],
  ['rollback', {}, [...init, outputs, alias, goBack('6', 'before: 4 not: 7')]],
  ['rollback VERSION=5', {}, [...init, outputs, alias, goBack('5', 'before: 4 not: 7')]],
];

/** What must be answered otherwise, and nothing is changed. */
const refusals: [command: string, call: Call, message: RegExp][] = [
  ['plan STAGE=staging', {}, /There is no stage "staging": terraform\/stages has dev prod/],
  [
    'rollback',
    { fails: ['get-alias', 'Unable to locate credentials'] },
    /Command failed: aws lambda get-alias .*Unable to locate/s,
  ],
  [
    'logs',
    { fails: [' output ', 'Error: Output "service" not found'] },
    /Command failed: terraform .*Output "service" not found/s,
  ],
  ['plan', { fails: ['npm run bundle', 'no esbuild'] }, /Error 1/],
  ['deploy YES=1', { fails: ['npm run bundle', 'the zip does not start'] }, /Error 1/],
  ['deploy YES=1', { fails: ['npm test', 'the zip answers otherwise'] }, /Error 1/],
];

describe("the emitted project's make", function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  let project: StubbedProject;
  /** Answers with the version that the alias is at. */
  const server = createServer((_, response) => {
    const { status, body } = answer ?? { status: 200, body: JSON.stringify({ functionVersion: project.alias.FunctionVersion }) };
    response.writeHead(status).end(body);
  });
  /** Instead of that. */
  let answer: { readonly status: number; readonly body: string } | undefined;

  before((done) => void server.listen(0, '127.0.0.1', done));
  after((done) => void server.close(done));
  beforeEach(async () => {
    const { port } = server.address() as AddressInfo;
    project = new StubbedProject(folder());
    await project.emit({
      url: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      function_name: 'demo-dev',
      function_version: '7',
      alias_name: 'live',
      log_group_name: '/demo/dev/function',
      alarm_names: [],
    });
    project.alias = { FunctionVersion: '7', Description: 'before: 6 4' };
    answer = undefined;
  });

  for (const [command, call, calls] of cases) {
    it(`${command} calls exactly what it should`, async () => {
      const made = await project.make(command.split(' '), call);
      assert.equal(made.code, 0, made.output);
      assert.deepEqual(made.calls, calls);
      const dry = await project.make(['-n', ...command.split(' ')], call);
      assert.equal(dry.code, 0, dry.output);
      assert.deepEqual(dry.calls, [], 'make -n only tells');
    });
  }

  for (const [command, call, message] of refusals) {
    it(`${command} goes no further when ${call.fails?.[0] ?? 'it is typed so'} fails`, async () => {
      const { code, output, calls } = await project.make(command.split(' '), call);
      assert.notEqual(code, 0);
      assert.match(output, message);
      assert.deepEqual(
        calls.filter((made) => / apply |update-alias/.test(made)),
        [],
      );
    });
  }

  it('initialises a stage once, and again when a file of it changes, or of the module, or the lock', async () => {
    const isInitialised = async (): Promise<boolean> => (await project.make(['plan'])).calls.includes(init.at(-1) ?? '');
    assert.ok(await isInitialised());
    assert.ok(!(await isInitialised()));
    for (const path of ['stages/dev/main.tf', 'stages/dev/backend.tf', 'stages/dev/.terraform.lock.hcl', 'service/versions.tf']) {
      const soon = new Date(Date.now() + 50);
      utimesSync(join(project.folder, 'terraform', path), soon, soon);
      await setTimeout(100);
      assert.ok(await isInitialised(), path);
      assert.ok(!(await isInitialised()), path);
    }
  });

  it('warns that a state lies on this machine only, until it does not', async () => {
    const warned = await project.make(['deploy', 'YES=1']);
    assert.match(warned.output, /The state of dev lies on this machine only: make bootstrap STAGE=dev/);
    writeFileSync(join(project.folder, 'terraform/stages/dev/backend.tf'), 'terraform {\n  backend "s3" {}\n}\n');
    const { output } = await project.make(['deploy', 'YES=1']);
    assert.doesNotMatch(output, /this machine only/);
    // As in a stage whose main.tf alone was copied.
    rmSync(join(project.folder, 'terraform/stages/dev/backend.tf'));
    const copied = await project.make(['deploy', 'YES=1']);
    assert.match(copied.output, /The state of dev lies on this machine only/);
    assert.doesNotMatch(copied.output, /No such file/);
  });

  it('touches no state that make bootstrap had begun to move', async () => {
    writeFileSync(join(project.folder, 'terraform/stages/dev/terraform.tfstate.moving'), '{}');
    const { code, output, calls } = await project.make(['deploy', 'YES=1']);
    assert.notEqual(code, 0);
    assert.match(output, /make bootstrap was cut off while it moved this state: make bootstrap STAGE=dev/);
    assert.ok(!calls.some((call) => / (init|apply)\b/.test(call)));
  });

  it('makes the lock by init, for this machine alone, where no registry is reached', async () => {
    const { code, output, calls } = await project.make(['plan'], { fails: ['providers lock', 'no such host'] });
    assert.equal(code, 0, output);
    assert.match(output, /the lock is for this machine alone: make lock tries again/);
    assert.deepEqual(calls.slice(0, 4), [...lock, `${root} init -backend=false -input=false`, `${root} init -input=false`]);
  });

  it('stops where the backend is that of another stage, as in a folder that was copied whole', async () => {
    const backend = 'terraform {\n  backend "s3" {\n    key                 = "dev.tfstate"\n  }\n}\n';
    for (const stage of ['dev', 'prod']) writeFileSync(join(project.folder, `terraform/stages/${stage}/backend.tf`), backend);
    const { code, output, calls } = await project.make(['plan', 'STAGE=prod', 'YES=1']);
    assert.notEqual(code, 0);
    assert.match(output, /prod\/backend\.tf is the same as terraform\/stages\/dev\/backend\.tf: make bootstrap STAGE=prod/);
    assert.ok(!calls.some((call) => / (init|plan|apply) -/.test(call.replace(/providers lock.*/, ''))));
  });

  it('says so when Terraform is not there', async () => {
    project.uninstall('terraform');
    const { code, output } = await project.make(['plan']);
    assert.notEqual(code, 0);
    assert.match(output, /terraform is not on the PATH: install Terraform or OpenTofu, or set TF to the one that is/);
  });

  it('says so when the AWS CLI is not there', async () => {
    project.uninstall('aws');
    const { code, output } = await project.make(['rollback']);
    assert.notEqual(code, 0);
    assert.match(output, /^aws is not on the PATH: install it first\.$/m);
  });

  it('waits for a version that comes late', async () => {
    answer = { status: 200, body: '{ "functionVersion": "6" }' };
    const polled = project.make(['poll']);
    setTimeout(1500).then(() => (answer = undefined), assert.fail);
    assert.match((await polled).output, /Version 7 answers at http/);
  });

  for (const [title, status, body, message] of [
    ['an older version', 200, '{ "functionVersion": "6" }', /answers with version 6, not version 7/],
    ['an error', 502, '{}', /answers with status 502/],
    ['no JSON', 200, '<html>', /is not valid JSON/],
  ] as const) {
    it(`gives up on a version after a while of ${title}`, async () => {
      answer = { status, body };
      const { code, output } = await project.make(['poll'], { env: { POLL_SECONDS: '0.1' } });
      assert.notEqual(code, 0);
      assert.match(output, message);
    });
  }

  it('installs with npm ci where CI is set and there is a lock file, else with npm install', async () => {
    writeFileSync(join(project.folder, 'package-lock.json'), '{}');
    const env = { CI: 'true' };
    assert.deepEqual((await project.make(['-B', 'install'], { env })).calls, ['npm ci --include=dev']);
    assert.deepEqual((await project.make(['-B', 'install'])).calls, ['npm install --include=dev']);
    assert.deepEqual((await project.make(['install'])).calls, []);
  });

  it('checks each root of Terraform without its backend', async () => {
    const { calls, output } = await project.make(['check']);
    const roots = ['bootstrap', 'stages/dev', 'stages/prod'];
    const checked = (path: string): string[] =>
      ['init -backend=false -input=false', 'validate'].map((step) => `terraform -chdir=terraform/${path} ${step}`);
    assert.deepEqual(
      calls,
      [
        ...['run types', 'run lint', 'run format:check', 'test', 'run bundle', 'test -- test/doors.test.ts'].map(
          (args) => `npm ${args}`,
        ),
        ...checked('service'),
        ...roots.flatMap((path) => [...lock.map((call) => call.replace('stages/dev', path)), ...checked(path)]),
        'terraform fmt -check -recursive terraform',
        'terraform -chdir=terraform/service test',
      ],
      output,
    );
  });

  it('removes what can be made again, and no state', async () => {
    const state = 'terraform/stages/dev/terraform.tfstate';
    writeFileSync(join(project.folder, state), '{}');
    await project.make(['plan']);
    await project.make(['clean']);
    const paths = ['dist', 'terraform/.terraform', 'terraform/stages/dev/.terraform', state];
    assert.deepEqual(
      paths.filter((path) => existsSync(join(project.folder, path))),
      [state],
    );
  });

  it('lists every target with what it does', async () => {
    const { output } = await project.make([]);
    for (const target of ['help', 'install', 'server', 'plan', 'deploy', 'rollback', 'destroy']) {
      assert.match(output, new RegExp(`^  ${target} +\\S`, 'm'));
    }
  });
});
