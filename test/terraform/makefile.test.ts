import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTempFolder } from '../temp-folder.ts';
import { StubbedProject } from './stubs.ts';
import type { Call } from './stubs.ts';

const init = '.terraform/dev terraform -chdir=terraform init -input=false -backend-config=path=dev.tfstate';
const plan = '.terraform/dev terraform -chdir=terraform plan -input=false -var-file=stages/dev.tfvars -out=dev.tfplan';
const apply = '.terraform/dev terraform -chdir=terraform apply -input=false dev.tfplan';
const outputs = '.terraform/dev terraform -chdir=terraform output -json';
const destroyPlan =
  '.terraform/dev terraform -chdir=terraform plan -destroy -input=false -var-file=stages/dev.tfvars -out=dev.destroy.tfplan';
const destroy = '.terraform/dev terraform -chdir=terraform apply -input=false dev.destroy.tfplan';
const lambda = '--function-name demo-dev --region eu-west-1 --output json';
const toProd = (call: string): string => call.replaceAll('dev', 'prod');

/** A target, what is answered and set, and every call it makes. */
const cases: [command: string, call: Call, calls: readonly string[]][] = [
  ['server', {}, ['node --watch src/local.ts']],
  ['debug', {}, ['node --inspect --watch src/local.ts']],
  ['gateway', {}, ['npm run bundle', 'node scripts/gateway.ts']],
  ['test', {}, ['npm test']],
  ['doors', {}, ['npm run bundle', 'npm test -- test/doors.test.ts']],
  ['lint', {}, ['npm run lint']],
  ['format', {}, ['npm run format', '.terraform/dev terraform -chdir=terraform fmt -recursive']],
  ['bundle', {}, ['npm run bundle']],
  ['plan', {}, ['npm run bundle', init, plan]],
  ['plan SKIP_BUNDLE=1', {}, [init, plan]],
  ['plan STAGE=prod', {}, ['npm run bundle', init, plan].map(toProd)],
  ['plan TF=tofu', {}, ['npm run bundle', init.replace('terraform ', 'tofu '), plan.replace('terraform ', 'tofu ')]],
  ['deploy', { input: 'yes\n' }, ['npm run bundle', init, plan, apply, outputs]],
  ['deploy YES=1', {}, ['npm run bundle', init, plan, apply, outputs]],
  ['deploy YES=1 SKIP_BUNDLE=1 STAGE=prod', {}, [init, plan, apply, outputs].map(toProd)],
  ['poll', {}, [init, outputs]],
  ['output', {}, [init, '.terraform/dev terraform -chdir=terraform output']],
  ['unlock LOCK=1234', {}, [init, '.terraform/dev terraform -chdir=terraform force-unlock 1234']],
  ['destroy', { input: 'yes\n' }, ['npm run bundle', init, destroyPlan, destroy]],
  ['destroy YES=1', {}, ['npm run bundle', init, destroyPlan, destroy]],
  ['destroy STAGE=prod YES=1', { input: 'prod\n' }, ['npm run bundle', init, destroyPlan, destroy].map(toProd)],
  [
    'logs',
    {},
    [
      init,
      '.terraform/dev terraform -chdir=terraform output -raw log_group_name',
      '.terraform/dev terraform -chdir=terraform output -raw region',
      'aws logs tail the-log_group_name --region the-region --follow --since 10m --format short',
    ],
  ],
  [
    'rollback',
    {},
    [
      init,
      outputs,
      `aws lambda get-alias --name live ${lambda}`,
      `aws lambda list-versions-by-function ${lambda}`,
      `aws lambda update-alias --name live --function-version 6 ${lambda}`,
    ],
  ],
  [
    'rollback VERSION=5',
    {},
    [
      init,
      outputs,
      `aws lambda get-alias --name live ${lambda}`,
      `aws lambda list-versions-by-function ${lambda}`,
      `aws lambda update-alias --name live --function-version 5 ${lambda}`,
    ],
  ],
];

/** What must be answered otherwise, and nothing is changed. */
const refusals: [command: string, call: Call, message: RegExp][] = [
  ['deploy', {}, /Nothing was changed. Without a terminal: YES=1/],
  ['deploy', { input: 'y\n' }, /Nothing was changed/],
  ['destroy', { input: 'dev\n' }, /Nothing was changed/],
  ['destroy STAGE=prod YES=1', {}, /Without a terminal: echo prod \| make destroy STAGE=prod/],
  ['destroy STAGE=prod', { input: 'yes\n' }, /Type prod to go on: \n?Nothing was changed|Type prod to go on: /],
  ['plan STAGE=staging', {}, /There is no stage "staging": terraform\/stages has dev prod/],
  ['rollback VERSION=4', {}, /There is no version 4; there are 5, 6, 7\./],
  ['plan', { fails: ['npm run bundle', 'no esbuild'] }, /Error 1/],
];

/** What Terraform and AWS say, and what to do about it. */
const failures: [title: string, command: string, fails: readonly [string, string], advice: RegExp][] = [
  [
    'no credentials',
    'plan',
    [' plan ', 'Error: No valid credential sources found'],
    /No AWS credentials: sign in \(aws sso login, or set AWS_PROFILE\)/,
  ],
  [
    'expired credentials',
    'plan',
    [' plan ', 'api error ExpiredTokenException: The security token included in the request is expired'],
    /sign in/,
  ],
  [
    'the wrong account',
    'plan',
    [' plan ', '│ Error: AWS account ID not\n│ allowed: 210987654321'],
    /another AWS account than this stage allows: check AWS_PROFILE/,
  ],
  [
    'a locked state',
    'plan',
    [' plan ', 'Error: Error acquiring the state lock\n│ Lock Info:\n│   ID:        6c1f-42\n│   Path: x'],
    /make unlock LOCK=6c1f-42/,
  ],
  ['a stale plan', 'deploy YES=1', [' apply ', 'Error: Saved plan is stale'], /run it again, to see and apply a new one/],
  ['a state that moved', 'plan', [' init ', 'Error: Backend configuration changed'], /make clean, then run it again/],
  ['a stage without a bucket', 'plan', [' init ', 'Error: Invalid backend configuration argument'], /make bootstrap/],
  [
    'no package',
    'plan SKIP_BUNDLE=1',
    [' plan ', 'failed: open ./../dist/lambda.zip: no such file or directory.'],
    /run make bundle, or leave SKIP_BUNDLE out/,
  ],
  [
    'no role for REST logs',
    'deploy YES=1',
    [' apply ', 'CloudWatch Logs role ARN must be set in account settings to enable logging'],
    /make bootstrap sets it/,
  ],
  [
    'no credentials for the CLI',
    'rollback',
    ['get-alias', 'Unable to locate credentials. You can configure credentials by running "aws configure".'],
    /No AWS credentials/,
  ],
  [
    'nothing deployed',
    'logs',
    [
      '-raw log_group_name',
      'Error: Output "log_group_name" not found\n\nThe output variable requested could not be found in the state file.',
    ],
    /Nothing is deployed to this stage yet: make deploy/,
  ],
  ['something else', 'plan', [' plan ', 'Error: Unsupported argument'], /terraform failed with code 1/],
];

describe("the emitted project's make", function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  let project: StubbedProject;
  /** Answers with the version that was deployed last, or rolled back to. */
  const server = createServer((_, response) => response.end(JSON.stringify({ functionVersion: version })));
  let version = '7';

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
    });
    version = '7';
  });

  for (const [command, call, calls] of cases) {
    it(`${command} calls exactly what it should`, async () => {
      if (command.startsWith('rollback')) version = command.endsWith('5') ? '5' : '6';
      const made = await project.make(command.split(' '), call);
      assert.equal(made.code, 0, made.output);
      assert.deepEqual(made.calls, calls);
      const dry = await project.make(['-n', ...command.split(' ')], call);
      assert.equal(dry.code, 0, dry.output);
      assert.deepEqual(dry.calls, [], 'make -n only tells');
    });
  }

  for (const [command, call, message] of refusals) {
    it(`${command} goes no further when answered with ${JSON.stringify(call.input ?? '')}`, async () => {
      const { code, output, calls } = await project.make(command.split(' '), call);
      assert.notEqual(code, 0);
      assert.match(output, message);
      assert.deepEqual(
        calls.filter((made) => / apply |update-alias/.test(made)),
        [],
      );
    });
  }

  for (const [title, command, fails, advice] of failures) {
    it(`says what to do about ${title}`, async () => {
      const { code, output } = await project.make(command.split(' '), { fails });
      assert.notEqual(code, 0);
      assert.match(output, advice);
      assert.ok(output.includes(fails[1].split('\n')[0] ?? ''), 'and what was said');
    });
  }

  for (const [program, command] of [
    ['terraform', 'plan'],
    ['aws', 'logs'],
    ['aws', 'rollback'],
  ] as const) {
    it(`${command} says how to come by ${program} when it is not there`, async () => {
      project.uninstall(program);
      const { code, output } = await project.make([command]);
      assert.notEqual(code, 0);
      assert.match(output, new RegExp(`${program} is not on the PATH. Install`));
    });
  }

  it('initialises a stage once, and again when its backend changes', async () => {
    assert.ok((await project.make(['plan'])).calls.includes(init));
    assert.ok(!(await project.make(['plan'])).calls.includes(init));
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(join(project.folder, 'terraform/backend.tf'), 'terraform {\n  backend "s3" {}\n}\n');
    assert.ok((await project.make(['plan'])).calls.includes(init));
  });

  it('warns that a state lies on this machine only, until it does not', async () => {
    const warned = await project.make(['deploy', 'YES=1']);
    assert.match(warned.output, /The state of dev lies on this machine only.*make bootstrap STAGE=dev/s);
    writeFileSync(join(project.folder, 'terraform/backend.tf'), 'terraform {\n  backend "s3" {}\n}\n');
    const { output } = await project.make(['deploy', 'YES=1']);
    assert.doesNotMatch(output, /this machine only/);
  });

  it('gives up on a version that does not come, and says what answered instead', async () => {
    version = '6';
    const { code, output } = await project.make(['poll'], { env: { POLL_SECONDS: '0.1' } });
    assert.notEqual(code, 0);
    assert.match(output, /answers with version 6, not version 7.*make rollback/s);
  });

  it('installs with npm ci where CI is set and there is a lock file, else with npm install', async () => {
    writeFileSync(join(project.folder, 'package-lock.json'), '{}');
    const env = { CI: 'true' };
    assert.deepEqual((await project.make(['-B', 'install'], { env })).calls, ['npm ci --include=dev']);
    assert.deepEqual((await project.make(['-B', 'install'])).calls, ['npm install --include=dev']);
    assert.deepEqual((await project.make(['install'])).calls, []);
  });

  it('checks each root of Terraform without its backend', async () => {
    const { calls, output } = await project.make(['check']);
    const roots = ['terraform', 'terraform/bootstrap', 'terraform/tests/module'];
    const steps = ['init -backend=false -input=false', 'validate', 'test'];
    assert.deepEqual(
      calls,
      [
        ...['run types', 'run lint', 'run format:check', 'test', 'run bundle', 'test -- test/doors.test.ts'].map(
          (args) => `npm ${args}`,
        ),
        ...roots.flatMap((root) => steps.map((step) => `.terraform/check terraform -chdir=${root} ${step}`)),
        '.terraform/dev terraform -chdir=terraform fmt -check -recursive',
      ],
      output,
    );
    const copy = join(project.folder, 'terraform/tests/module/service');
    assert.ok(
      existsSync(join(copy, 'lambda.tf')) && !existsSync(join(copy, 'backend.tf')) && !existsSync(join(copy, 'providers.tf')),
    );
  });

  it('removes what can be made again, and no state', async () => {
    writeFileSync(join(project.folder, 'terraform/dev.tfstate'), '{}');
    await project.make(['plan']);
    await project.make(['clean']);
    const left = ['dist', 'terraform/.terraform', 'terraform/dev.tfstate'].filter((path) =>
      existsSync(join(project.folder, path)),
    );
    assert.deepEqual(left, ['terraform/dev.tfstate']);
  });

  it('lists every target with what it does', async () => {
    const { output } = await project.make([]);
    for (const target of ['help', 'install', 'server', 'plan', 'deploy', 'rollback', 'destroy']) {
      assert.match(output, new RegExp(`^  ${target} +\\S`, 'm'));
    }
  });
});
