import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import covertable from 'covertable';
import { gatewayAnswers } from '../gateway-answers.ts';
import { createQueue } from '../queue.ts';
import { editStage, emitProject } from './emitted.ts';
import { describeTerraform, engines, tell } from './engines.ts';
import type { Engine } from './engines.ts';
import { gatewaySuites, layBootstrapSuites, layServiceSuites, sharedSuites } from './suites.ts';

/** Every optional variable set, so that every dynamic block and conditional resource is planned. */
const everything = (partition: string): string => `
vpc                      = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
kms_key_arn              = "arn:${partition}:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
log_retention_days       = 365
reserved_concurrency     = 50
environment              = { TABLE = "demo" }
secret_arns              = ["arn:${partition}:ssm:eu-west-1:123456789012:parameter/demo/*"]
policies                 = { ReadTable = { actions = ["dynamodb:GetItem"], resources = ["arn:${partition}:dynamodb:eu-west-1:123456789012:table/demo"] } }
managed_policy_arns      = { params = "arn:${partition}:iam::aws:policy/AmazonSSMReadOnlyAccess" }
permissions_boundary_arn = "arn:${partition}:iam::123456789012:policy/boundary"
alarms                   = { topic_arns = ["arn:${partition}:sns:eu-west-1:123456789012:demo"] }
tags                     = { Team = "demo" }
`;

const scheduled = `
schedules = { breakfast = { job = "deliver-message", at = "rate(1 day)", input = jsonencode({ text = "Good morning" }) } }
`;

interface Combination {
  readonly engine: Engine;
  readonly gateway: string;
  readonly extras: string;
  readonly stage: string;
  readonly region: string;
  readonly options: string;
}

interface Resource {
  readonly address: string;
  readonly values: { readonly tags_all?: Readonly<Record<string, string>> | null };
}

interface Shown {
  readonly values: { readonly root_module: { readonly child_modules: readonly { readonly resources: readonly Resource[] }[] } };
}

const combinations = covertable.make(
  {
    engine: [...engines],
    gateway: ['http', 'rest', 'url', 'alb'],
    extras: ['', 'domain', 'domain,streaming', 'streaming,jobs', 'domain,provisioned,jobs'],
    stage: ['dev', 'prod'],
    region: ['eu-west-1', 'cn-north-1', 'us-gov-west-1'],
    options: ['defaults', 'everything'],
  },
  {
    preFilter: ({ gateway = '', extras = '' }: Partial<Combination>) => /rest|url/.test(gateway) || !extras.includes('streaming'),
  },
) as Combination[];

const streams = ({ extras }: Combination): boolean => extras.includes('streaming');

/** What our suites for all gateways are run for, once each. */
const sharedKind = ({ engine }: Combination): string => engine;
/** The same for those of a gateway; a domain rules out what some can do without: a private API, an open URL. */
const gatewayKind = (one: Combination): string =>
  [one.gateway, streams(one), one.gateway !== 'http' && one.extras.includes('domain')].join();
/** And those for terraform/bootstrap, which for a REST API makes a role besides. */
const bootstrapKind = ({ engine, gateway }: Combination): string => [engine, gateway === 'rest'].join();

/** Whether it is the one, among those of its kind, that has the most of what only adds to suites. */
function isRichest(combination: Combination, kindOf: (one: Combination) => string): boolean {
  const alike = combinations.filter((other) => kindOf(other) === kindOf(combination));
  return combination === alike.toSorted((a, b) => b.extras.length - a.extras.length)[0];
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Runs the project's own test of its module, and where they tell more, our suites for it and for terraform/bootstrap. */
async function runTests(combination: Combination, project: string): Promise<void> {
  const { engine, gateway, extras } = combination;
  const choices = { gateway, ...Object.fromEntries(extras.split(',').map((extra) => [extra, true])) };
  const isOne = (kindOf: typeof sharedKind): boolean => isRichest(combination, kindOf);
  layServiceSuites(project, [
    ...(isOne(sharedKind) ? sharedSuites(choices) : []),
    ...(isOne(gatewayKind) ? gatewaySuites(choices) : []),
  ]);
  const roots = ['terraform/service'];
  if (isOne(bootstrapKind)) {
    layBootstrapSuites(project, gateway === 'rest' ? ['state', 'api-logs'] : ['state']);
    roots.push('terraform/bootstrap');
  }
  for (const root of roots) {
    await tell(engine, join(project, root), 'init', '-backend=false', '-input=false');
    await tell(engine, join(project, root), 'test');
  }
}

/** Formats, checks, tests, plans, applies, plans again and destroys. @returns what the stage was, in the state's own words */
async function goThrough(combination: Combination, folder: string): Promise<Shown> {
  const { engine, gateway, extras, stage, region, options } = combination;
  const withExtras = extras === '' ? {} : { with: extras.split(','), domain: 'shop.org' };
  const { listenerArn } = gatewayAnswers(gateway);
  const there = listenerArn?.replace(/arn:aws:(\w+):eu-west-1/, `arn:${partitionOf(region)}:$1:${region}`);
  const choices = there === undefined ? { gateway } : { gateway, listenerArn: there };
  await emitProject(folder, { ...choices, region, stages: ['dev', 'prod'], ...withExtras });
  const cwd = join(folder, 'terraform/stages', stage);

  await tell(engine, cwd, 'fmt', '-check', '-recursive', '-diff', '../..');
  await runTests(combination, folder);
  if (options === 'everything') {
    editStage(folder, stage, {
      // What streams has thresholds for its alarms already.
      'stage = local.stage\n': `stage = local.stage\n${everything(partitionOf(region)).replace(streams(combination) ? /^alarms.*\n/m : '', '')}${extras.includes('jobs') ? scheduled : ''}`,
      'allowed_account_ids = null': 'allowed_account_ids = ["123456789012"]',
      ...(extras.includes('provisioned') && {
        '= { instances = 1 }': '= { schedule = { noon = { at = "cron(0 12 * * ? *)", instances = 2 } } }',
      }),
    });
  }
  await tell(engine, cwd, 'init', '-input=false');
  await tell(engine, cwd, 'validate');
  await tell(engine, cwd, 'plan', '-input=false', '-out=stage.tfplan');
  await tell(engine, cwd, 'apply', '-input=false', 'stage.tfplan');
  await tell(engine, cwd, 'plan', '-input=false', '-detailed-exitcode'); // 0: nothing to change, 2: something
  const shown = JSON.parse(await tell(engine, cwd, 'show', '-json')) as Shown;
  const destroyed = await tell(engine, cwd, 'destroy', '-input=false', '-auto-approve');
  assert.match(destroyed, /Destroy complete/);
  return shown;
}

describeTerraform('terraform of every pair of choices', function () {
  this.timeout(300_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-combinations-')));
  const runs = new Map<Combination, Promise<Shown>>();

  before(() => {
    const queue = createQueue();
    for (const [index, combination] of combinations.entries()) {
      const result = queue(() => goThrough(combination, join(folder, `demo ${index}`)));
      result.catch(() => undefined); // told by the test that awaits it
      runs.set(combination, result);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const combination of combinations) {
    const { engine, gateway, extras, stage, region, options } = combination;
    it(`${engine} makes, keeps and destroys ${stage} of ${gateway}${extras && ` with ${extras}`} in ${region}, ${options}`, async () => {
      const shown = await runs.get(combination);
      const resources = shown?.values.root_module.child_modules[0]?.resources ?? [];
      const taggable = resources.filter(({ address, values }) => values.tags_all && !address.startsWith('module.service.data.'));
      const expected = { Project: 'demo', Stage: stage, ...(options === 'everything' ? { Team: 'demo' } : {}) };
      assert.ok(taggable.length > 4);
      for (const { address, values } of taggable) assert.deepEqual(values.tags_all, expected, address);
      const partitions = new Set(JSON.stringify(resources).match(/(?<=arn:)aws[a-z-]*(?=:)/g));
      assert.deepEqual([...partitions], [partitionOf(region)]);
    });
  }
});
