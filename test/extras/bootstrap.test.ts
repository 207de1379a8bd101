import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import covertable from 'covertable';
import { useTempFolder } from '../temp-folder.ts';
import { gatewayAnswers } from '../gateway-answers.ts';
import { createQueue } from '../queue.ts';
import { emitProject } from '../terraform/emitted.ts';
import { describeTerraform, engines, run, tell, type Engine } from '../terraform/engines.ts';
import { layBootstrapSuites } from '../terraform/suites.ts';
import { others } from './reach.ts';
import {
  applyBootstrap,
  connect,
  deployFaults,
  planFaults,
  reachFaults,
  recordFaults,
  resourcesOf,
  trustFaults,
  type Shown,
} from './roles.ts';

interface Combination {
  readonly engine: Engine;
  readonly gateway: string;
  readonly extras: string;
}

const combinations = covertable.make({
  engine: [...engines],
  gateway: ['http', 'rest', 'url', 'alb'],
  extras: ['github', 'github,domain,jobs,provisioned'],
}) as Combination[];

/** Formats, checks, tests, applies, plans again and destroys. @returns the state in between */
async function goThrough({ engine, gateway, extras }: Combination, folder: string): Promise<Shown> {
  await emitProject(folder, { ...gatewayAnswers(gateway), with: extras.split(','), domain: 'shop.org' });
  const cwd = join(folder, 'terraform/bootstrap');

  await tell(engine, cwd, 'fmt', '-check', '-recursive', '-diff');
  layBootstrapSuites(folder, ['github', 'state', ...(gateway === 'rest' ? ['api-logs'] : [])]);
  await tell(engine, cwd, 'init', '-input=false');
  await tell(engine, cwd, 'validate');
  await tell(engine, cwd, 'test');
  connect(folder, gateway);
  const shown = await applyBootstrap(engine, folder);
  await tell(engine, cwd, 'plan', '-input=false', '-detailed-exitcode'); // 0: nothing to change, 2: something
  writeFileSync(
    join(cwd, 'override.tf'),
    ['aws_s3_bucket" "state', 'aws_iam_openid_connect_provider" "github']
      .map((address) => `resource "${address}" {\n  lifecycle {\n    prevent_destroy = false\n  }\n}\n`)
      .join('\n'),
  );
  assert.match(await tell(engine, cwd, 'destroy', '-input=false', '-auto-approve'), /Destroy complete/);
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
    const shownOf = async (): Promise<Shown> => (await runs.get(combination)) ?? assert.fail('no run');

    it(`${engine} makes roles for the stages of this account, ${gateway} with ${extras}`, async () => {
      const shown = await shownOf();
      assert.deepEqual(shown.values.outputs.github_variables.value.split('\n'), [
        'AWS_REGION=eu-west-1',
        'AWS_PLAN_ROLE_DEV=arn:aws:iam::123456789012:role/github/demo-plan',
        'AWS_DEPLOY_ROLE_DEV=arn:aws:iam::123456789012:role/github/demo-deploy-dev',
      ]);
      assert.deepEqual(trustFaults(shown), []);
    });

    it(`${engine} lets a deploy do what it has to, ${gateway} with ${extras}`, async () =>
      assert.deepEqual(deployFaults(await shownOf(), combination), []));

    for (const owner of others)
      it(`${engine} lets a deploy change none of ${owner.title}, ${gateway} with ${extras}`, async () =>
        assert.deepEqual(await reachFaults(await shownOf(), owner), []));

    if (extras.includes('domain'))
      it(`${engine} lets a deploy change the records of its own host name alone, ${gateway}`, async () =>
        assert.deepEqual(recordFaults(await shownOf()), []));

    it(`${engine} lets a pull request read and nothing else, ${gateway} with ${extras}`, async () =>
      assert.deepEqual(planFaults(await shownOf()), []));

    it(`${engine} leaves room in what IAM takes as a policy, ${gateway} with ${extras}`, async () => {
      const sizesOf = async (type: string): Promise<number[]> => {
        const policies = resourcesOf(await shownOf(), 'deploy-dev', [type]);
        return policies.map(({ values }) => JSON.stringify(JSON.parse(values.policy ?? '')).length);
      };
      const [inline = 0, ...more] = await sizesOf('aws_iam_role_policy');
      assert.ok(more.length === 0 && inline < 10_240 - 2000, `${inline} characters inline`);
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
