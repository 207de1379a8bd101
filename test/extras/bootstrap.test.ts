import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import covertable from 'covertable';
import { createQueue, emitProject } from '../terraform/emitted.ts';
import { describeTerraform, engines, run, type Engine } from '../terraform/engines.ts';

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

/** What `make bootstrap` leaves in a stage's .tfbackend, and a repository connected. The bucket of prod is another account's. */
const connected = {
  '../stages/dev.tfbackend': 'bucket = "demo-tfstate-123456789012"\nkey = "dev.tfstate"\n',
  '../stages/prod.tfbackend': 'bucket = "demo-tfstate-210987654321"\nkey = "prod.tfstate"\n',
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

    it(`${engine} keeps below what IAM takes as a role's inline policies, ${gateway} with ${extras}`, async () => {
      const shown = (await runs.get(combination)) ?? assert.fail('no run');
      const policies = shown.values.root_module.resources.filter(({ address }) =>
        /^aws_iam_role_policy\.github_\w+\["deploy-dev"\]/.test(address),
      );
      assert.equal(policies.length, 2);
      const sizes = policies.map(({ values }) => JSON.stringify(JSON.parse(values.policy ?? '')).length);
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
