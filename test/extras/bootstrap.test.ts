import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import covertable from 'covertable';
import { useTempFolder } from '../temp-folder.ts';
import { gatewayAnswers } from '../gateway-answers.ts';
import { createQueue, emitProject } from '../terraform/emitted.ts';
import { describeTerraform, engines, run, type Engine } from '../terraform/engines.ts';
import { layBootstrapSuites } from '../terraform/suites.ts';
import { isAllowed, type Policy } from './policy.ts';
import { allowed, allowedOf, ask, askRecords, nameless, refused, state, webAcl } from './reach-cases.ts';
import { listRequests, others } from './reach.ts';

interface Combination {
  readonly engine: Engine;
  readonly gateway: string;
  readonly extras: string;
}

/** A resource of the state, of those that the tests look at. */
interface Resource {
  readonly address: string;
  readonly values: { readonly assume_role_policy?: string; readonly policy?: string; readonly arn?: string };
}

interface Shown {
  readonly values: {
    readonly outputs: { readonly github_variables: { readonly value: string } };
    readonly root_module: { readonly resources: readonly Resource[] };
  };
}

const combinations = covertable.make({
  engine: [...engines],
  gateway: ['http', 'rest', 'url', 'alb'],
  extras: ['github', 'github,domain,provisioned'],
}) as Combination[];

/** As much as counts of what `make bootstrap` leaves in a stage's root, and a repository connected. The bucket of prod is another account's. */
const connected = {
  '../stages/dev/backend.tf':
    'terraform {\n  backend "s3" {\n    bucket              = "demo-tfstate-123456789012"\n    allowed_account_ids = ["123456789012"]\n  }\n}\n',
  '../stages/prod/backend.tf':
    'terraform {\n  backend "s3" {\n    bucket              = "demo-tfstate-210987654321"\n    allowed_account_ids = ["210987654321"]\n  }\n}\n',
};

/** Formats, checks, tests, applies, plans again and destroys. @returns the state in between */
async function goThrough({ engine, gateway, extras }: Combination, folder: string): Promise<Shown> {
  await emitProject(folder, { ...gatewayAnswers(gateway), with: extras.split(','), domain: 'shop.org' });
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
  const settings = join(cwd, 'github.auto.tfvars');
  const repository = 'github = { owner = "acme", owner_id = 12, name = "orders", id = 34 }';
  const firewalls = gateway === 'http' || gateway === 'alb' ? '' : `\nweb_acl_arns = ["${webAcl}"]`;
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('github = null', repository + firewalls));
  await tell('apply', '-input=false', '-auto-approve');
  await tell('plan', '-input=false', '-detailed-exitcode'); // 0: nothing to change, 2: something
  const shown = JSON.parse(await tell('show', '-json')) as Shown;
  writeFileSync(
    join(cwd, 'override.tf'),
    ['aws_s3_bucket" "state', 'aws_iam_openid_connect_provider" "github']
      .map((address) => `resource "${address}" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n`)
      .join('\n'),
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
        ['aws_iam_role.github["deploy-dev"]', 'aws_iam_role.github["plan"]'],
      );
      assert.deepEqual(shown.values.outputs.github_variables.value.split('\n'), [
        'AWS_REGION=eu-west-1',
        'AWS_PLAN_ROLE_DEV=arn:aws:iam::123456789012:role/github/demo-plan',
        'AWS_DEPLOY_ROLE_DEV=arn:aws:iam::123456789012:role/github/demo-deploy-dev',
      ]);
      assert.deepEqual(JSON.parse(roles[0]?.values.assume_role_policy ?? ''), trustOf(['environment:dev'], 'refs/heads/main'));
      assert.deepEqual(
        JSON.parse(roles[1]?.values.assume_role_policy ?? ''),
        trustOf(['pull_request', 'ref:refs/heads/main'], ['refs/pull/*/merge', 'refs/heads/main']),
      );
    });

    const resourcesOf = async (name: string, types: readonly string[]): Promise<readonly Resource[]> => {
      const { resources } = ((await runs.get(combination)) ?? assert.fail('no run')).values.root_module;
      return resources.filter(
        ({ address }) => types.some((type) => address.startsWith(`${type}.`)) && address.includes(`["${name}"]`),
      );
    };
    const policiesOf = async (name: string): Promise<Policy[]> => {
      const policies = await resourcesOf(name, ['aws_iam_role_policy', 'aws_iam_policy']);
      return policies.map(({ values }) => JSON.parse(values.policy ?? '') as Policy);
    };

    it(`${engine} lets a deploy do what it has to, ${gateway} with ${extras}`, async () => {
      const policies = await policiesOf('deploy-dev');
      const requests = [
        ...allowed,
        ...(allowedOf[gateway] ?? []),
        ...extras.split(',').flatMap((extra) => [...(allowedOf[extra] ?? []), ...(allowedOf[`${gateway} ${extra}`] ?? [])]),
      ];
      for (const request of requests) assert.ok(isAllowed(policies, request), JSON.stringify(request));
      for (const request of refused) assert.ok(!isAllowed(policies, request), JSON.stringify(request));
    });

    for (const owner of others) {
      it(`${engine} lets a deploy change none of ${owner.title}, ${gateway} with ${extras}`, async () => {
        const policies = await policiesOf('deploy-dev');
        const requests = await listRequests(owner);
        assert.ok(requests.length > 4000);
        const reached = requests.filter((request) => isAllowed(policies, request));
        // To make one's own beside them is no change of theirs.
        const changed = reached.filter(
          ({ resource, action }) => !/::\/(apis|restapis|domainnames)$/.test(resource) && !nameless.includes(action),
        );
        assert.deepEqual(changed, []);
      });
    }

    if (extras.includes('domain'))
      it(`${engine} lets a deploy change the records of its own host name alone, ${gateway}`, async () => {
        const policies = await policiesOf('deploy-dev');
        const [{ values } = assert.fail('no zone')] = await resourcesOf('dev', ['data.aws_route53_zone']);
        const zone = values.arn ?? '';
        for (const name of ['demo-dev.shop.org', '_a1.demo-dev.shop.org'])
          for (const type of ['A', 'AAAA', 'CNAME'])
            assert.ok(isAllowed(policies, askRecords(zone, name, type)), `${name} ${type}`);
        for (const name of ['shop.org', 'demo-prod.shop.org', '_a1.demo-prod.shop.org', 'x.demo-dev.shop.org'])
          assert.ok(!isAllowed(policies, askRecords(zone, name, 'A')), name);
        for (const type of ['NS', 'MX', 'TXT', 'CAA'])
          assert.ok(!isAllowed(policies, askRecords(zone, 'demo-dev.shop.org', type)), type);
        assert.ok(!isAllowed(policies, askRecords('arn:aws:route53:::hostedzone/Z0', 'demo-dev.shop.org', 'A')));
      });

    it(`${engine} lets a pull request read and nothing else, ${gateway} with ${extras}`, async () => {
      const policies = await policiesOf('plan');
      for (const action of policies.flatMap(({ Statement }) => Statement).flatMap(({ Action }) => Action))
        assert.match(action, /^(apigateway:GET|[\w-]+:(Get|List|Describe)\w*\*?)$/);
      assert.ok(!isAllowed(policies, ask('s3:GetObject', state('prod.tfstate'))));
    });

    it(`${engine} leaves room in what IAM takes as a policy, ${gateway} with ${extras}`, async () => {
      const sizesOf = async (type: string): Promise<number[]> => {
        const policies = await resourcesOf('deploy-dev', [type]);
        return policies.map(({ values }) => JSON.stringify(JSON.parse(values.policy ?? '')).length);
      };
      const [inline = 0, ...more] = await sizesOf('aws_iam_role_policy');
      assert.ok(more.length === 0 && inline < 10_240 - 3000, `${inline} characters inline`);
      for (const size of await sizesOf('aws_iam_policy')) assert.ok(size < 6144 - 2000, `${size} characters`);
    });
  }
});

describeTerraform('a stage of a connected repository', function () {
  this.timeout(60_000);
  const folder = useTempFolder();

  for (const extras of ['github', 'github,domain'])
    it(`has the boundary that terraform/bootstrap knows, with ${extras}`, async () => {
      await emitProject(folder(), { with: extras.split(','), domain: 'shop.org' });
      const file = join(folder(), 'terraform/bootstrap/terraform.tfvars.json');
      const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
      const plan = async (): Promise<string> => {
        const { code, output } = await run(['terraform', 'plan', '-input=false'], join(folder(), 'terraform/stages/dev'));
        assert.equal(code, 0, output);
        return output;
      };
      await run(['terraform', 'init', '-input=false'], join(folder(), 'terraform/stages/dev'));
      assert.doesNotMatch(await plan(), /permissions_boundary/);
      const boundary = 'arn:aws:iam::123456789012:policy/boundary';
      writeFileSync(file, JSON.stringify({ ...settings, permissions_boundary_arn: boundary }));
      assert.match(await plan(), new RegExp(`permissions_boundary += "${boundary}"`));
    });
});

function trustOf(subjects: readonly string[], ref: string | readonly string[]): object {
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
            [`${issuer}:sub`]: subjects.flatMap((subject) => [
              `repo:acme@12/orders@34:${subject}`,
              `repo:acme/orders:${subject}`,
            ]),
          },
          StringLike: { [`${issuer}:ref`]: ref },
        },
      },
    ],
  };
}
