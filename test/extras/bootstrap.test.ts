import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import covertable from 'covertable';
import { createQueue, emitProject } from '../terraform/emitted.ts';
import { describeTerraform, engines, run, type Engine } from '../terraform/engines.ts';
import { layBootstrapSuites } from '../terraform/suites.ts';
import { isAllowed, statementsOf } from './policy.ts';

interface Combination {
  readonly engine: Engine;
  readonly gateway: string;
  readonly extras: string;
}

/** A resource of the state, of those that the tests look at. */
interface Resource {
  readonly address: string;
  readonly values: { readonly assume_role_policy?: string; readonly policy?: string };
}

interface Shown {
  readonly values: {
    readonly outputs: { readonly github_variables: { readonly value: string } };
    readonly root_module: { readonly resources: readonly Resource[] };
  };
}

const combinations = covertable.make({
  engine: [...engines],
  gateway: ['http', 'rest', 'url'],
  extras: ['github', 'github,domain'],
}) as Combination[];

/** As much as counts of what `make bootstrap` leaves in a stage's root, and a repository connected. The bucket of prod is another account's. */
const connected = {
  '../stages/dev/backend.tf': 'terraform {\n  backend "s3" {\n    bucket = "demo-tfstate-123456789012"\n  }\n}\n',
  '../stages/prod/backend.tf': 'terraform {\n  backend "s3" {\n    bucket = "demo-tfstate-210987654321"\n  }\n}\n',
  'github.auto.tfvars': 'github = { owner = "acme", owner_id = 12, name = "orders", id = 34 }\n',
};

/** Formats, checks, tests, applies, plans again and destroys. @returns the state in between */
async function goThrough({ engine, gateway, extras }: Combination, folder: string): Promise<Shown> {
  await emitProject(folder, { gateway, with: extras.split(','), domain: 'shop.org' });
  const cwd = join(folder, 'terraform/bootstrap');
  const tell = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await run([engine, ...args], cwd);
    assert.equal(code, 0, `${engine} ${args.join(' ')}\n${output}`);
    return output;
  };

  await tell('fmt', '-check', '-recursive', '-diff');
  layBootstrapSuites(folder, ['github', 'state', ...(gateway === 'rest' ? ['api-logs'] : [])]);
  await tell('init', '-input=false');
  await tell('validate');
  await tell('test');
  for (const [path, text] of Object.entries(connected)) writeFileSync(join(cwd, path), text);
  await tell('apply', '-input=false', '-auto-approve');
  await tell('plan', '-input=false', '-detailed-exitcode'); // 0: nothing to change, 2: something
  const shown = JSON.parse(await tell('show', '-json')) as Shown;
  writeFileSync(
    join(cwd, 'override.tf'),
    'resource "aws_s3_bucket" "state" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n',
  );
  assert.match(await tell('destroy', '-input=false', '-auto-approve'), /Destroy complete/);
  return shown;
}

const ofService = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:123456789012:${name}`;
const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const state = (key: string): string => `arn:aws:s3:::demo-tfstate-123456789012/${key}`;

/** What a deploy of dev does. */
const allowed: readonly (readonly [action: string, resource: string])[] = [
  ['s3:PutObject', state('dev.tfstate')],
  ['s3:DeleteObject', state('dev.tfstate.tflock')],
  ['lambda:UpdateFunctionCode', ofService('lambda', 'function:demo-dev')],
  ['lambda:UpdateAlias', ofService('lambda', 'function:demo-dev:live')],
  ['iam:PutRolePolicy', role('demo-dev')],
  ['iam:PassRole', role('demo-dev')],
  ['logs:PutRetentionPolicy', ofService('logs', 'log-group:/demo/dev/function')],
  ['cloudwatch:PutMetricAlarm', ofService('cloudwatch', 'alarm:demo-dev-errors')],
];

/** What it must not be able to do: to other stages, to others' resources, to itself, and to what it has no business with. */
const refused: readonly (readonly [action: string, resource: string])[] = [
  ...['prod.tfstate', 'dev2.tfstate', 'bootstrap.tfstate'].flatMap((key) =>
    ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].map((action) => [action, state(key)] as const),
  ),
  ['s3:DeleteObject', state('dev.tfstate')],
  ['s3:PutBucketPolicy', 'arn:aws:s3:::demo-tfstate-123456789012'],
  ...['demo-prod', 'demo-dev2', 'other-dev'].flatMap((name) => [
    ['lambda:UpdateFunctionCode', ofService('lambda', `function:${name}`)] as const,
    ['cloudwatch:DeleteAlarms', ofService('cloudwatch', `alarm:${name}-errors`)] as const,
    ['iam:PassRole', role(name)] as const,
  ]),
  ...['demo-prod', 'github/demo-deploy-dev', 'github/demo-pull-request', 'admin'].flatMap((name) =>
    ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'].map((action) => [action, role(name)] as const),
  ),
  ['lambda:InvokeFunction', ofService('lambda', 'function:demo-dev')],
  ['iam:DeleteRolePermissionsBoundary', role('demo-dev')],
  ['iam:CreateUser', 'arn:aws:iam::123456789012:user/demo-dev'],
  ['sts:AssumeRole', role('demo-dev')],
  ['logs:DeleteLogGroup', ofService('logs', 'log-group:/demo/prod/function')],
  ['logs:DeleteLogGroup', ofService('logs', 'log-group:/demo/dev2/function')],
];

describeTerraform('terraform/bootstrap of a connected repository', function () {
  this.timeout(300_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-bootstrap-')));
  const runs = new Map<Combination, Promise<Shown>>();

  before(() => {
    const queue = createQueue();
    for (const [index, combination] of combinations.entries()) {
      const result = queue(() => goThrough(combination, join(folder, String(index))));
      result.catch(() => undefined); // told by the test that awaits it
      runs.set(combination, result);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const combination of combinations) {
    const { engine, gateway, extras } = combination;
    it(`${engine} makes roles for the stages of this account, ${gateway} with ${extras}`, async () => {
      const shown = (await runs.get(combination)) ?? assert.fail('no run');
      const { resources } = shown.values.root_module;
      const roles = resources.filter(({ address }) => address.startsWith('aws_iam_role.github'));
      assert.deepEqual(
        roles.map(({ address }) => address),
        ['aws_iam_role.github["deploy-dev"]', 'aws_iam_role.github["pull-request"]'],
      );
      assert.deepEqual(shown.values.outputs.github_variables.value.split('\n'), [
        'AWS_REGION=eu-west-1',
        'AWS_PLAN_ROLE_DEV=arn:aws:iam::123456789012:role/github/demo-pull-request',
        'AWS_DEPLOY_ROLE_DEV=arn:aws:iam::123456789012:role/github/demo-deploy-dev',
      ]);
      assert.deepEqual(JSON.parse(roles[0]?.values.assume_role_policy ?? ''), trustOf('environment:dev', 'refs/heads/main'));
      assert.deepEqual(JSON.parse(roles[1]?.values.assume_role_policy ?? ''), trustOf('pull_request', 'refs/pull/*/merge'));
    });

    const policiesOf = async (name: string): Promise<string[]> => {
      const { resources } = ((await runs.get(combination)) ?? assert.fail('no run')).values.root_module;
      const policies = resources.filter(
        ({ address }) => address.startsWith('aws_iam_role_policy.') && address.includes(`["${name}"]`),
      );
      return policies.map(({ values }) => values.policy ?? '');
    };

    it(`${engine} lets a deploy change its own stage and nothing else, ${gateway} with ${extras}`, async () => {
      const statements = statementsOf(await policiesOf('deploy-dev'));
      for (const [action, resource] of allowed) assert.ok(isAllowed(statements, action, resource), `${action} ${resource}`);
      for (const [action, resource] of refused) assert.ok(!isAllowed(statements, action, resource), `${action} ${resource}`);
      for (const { Sid, Action, Condition = {} } of statements) {
        const changesApi = [Action].flat().some((action) => /^apigateway:(?!GET$)/.test(action));
        const tagged = Condition['StringEqualsIfExists']?.['aws:ResourceTag/Project'];
        if (changesApi) assert.equal(tagged, 'demo', `${Sid} is for what has the tags of this service`);
      }
    });

    it(`${engine} lets a pull request read and nothing else, ${gateway} with ${extras}`, async () => {
      const statements = statementsOf(await policiesOf('pull-request'));
      for (const action of statements.flatMap(({ Action }) => Action))
        assert.match(action, /^(apigateway:GET|\w+:(Get|List|Describe)\w*\*?)$/);
      assert.ok(!isAllowed(statements, 's3:GetObject', state('prod.tfstate')));
    });

    it(`${engine} keeps below what IAM takes as a role's inline policies, ${gateway} with ${extras}`, async () => {
      const policies = await policiesOf('deploy-dev');
      assert.equal(policies.length, 2);
      const sizes = policies.map((policy) => JSON.stringify(JSON.parse(policy)).length);
      assert.ok(sizes[0]! + sizes[1]! < 10_240, `${sizes.join(' + ')} characters`);
    });
  }
});

function trustOf(subject: string, ref: string): object {
  const issuer = 'token.actions.githubusercontent.com';
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: 'sts.amazonaws.com',
            [`${issuer}:repository_id`]: '34',
            [`${issuer}:sub`]: [`repo:acme@12/orders@34:${subject}`, `repo:acme/orders:${subject}`],
          },
          StringLike: { [`${issuer}:ref`]: ref },
        },
      },
    ],
  };
}
