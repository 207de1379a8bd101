import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayAnswers } from '../gateway-answers.ts';
import { createQueue } from '../queue.ts';
import { editStage, emitProject, type RawAnswers } from './emitted.ts';
import { describeTerraform, engines, planSteps, tell, type Engine } from './engines.ts';

/** One thing that is another afterwards, and what the plan then does: an action and an address of the module, each. */
interface Change {
  readonly title: string;
  readonly answers?: RawAnswers;
  /** Lines added to the settings of the stage. */
  readonly settings?: string;
  readonly expected: readonly string[] | RegExp;
}

const certificate = ['acm_certificate.this[0]', 'acm_certificate_validation.this[0]'];
const records = ['route53_record.this["A"]', 'route53_record.this["AAAA"]', 'route53_record.validation[0]'];
const create = (names: readonly string[]): string[] => names.map((name) => `create aws_${name}`);
const update = (names: readonly string[]): string[] => names.map((name) => `update aws_${name}`);

const withDomain = { with: ['domain'], domain: 'shop.org' };
const hostName = [...certificate, ...records, 'apigatewayv2_api_mapping.this', 'apigatewayv2_domain_name.this[0]'];
const topic = '["arn:aws:sns:eu-west-1:123456789012:demo"]';
const alarms = ['duration-p95', 'errors', 'server-errors', 'throttles'].map((name) => `cloudwatch_metric_alarm.this["${name}"]`);

/** Of a change of gateway: the function, its role, its alias and its log stay as they are. */
const gatewayAlone =
  /^\S+ aws_((api_gateway|apigatewayv2|cloudfront|cloudwatch_log_delivery)\w*|lambda_(permission|function_url)|lb_\w+)\.|^(update|delete|create) aws_cloudwatch_(dashboard\.this|metric_alarm\.(this\["server-errors"\]|cloudfront\[0\]))$|aws_cloudwatch_log_group\.(access|execution)/;

const shared: readonly Change[] = [
  { title: 'nothing', expected: [] },
  { title: 'a description', answers: { description: 'Orders' }, expected: [] },
  { title: 'the framework', answers: { framework: 'express' }, expected: [] },
  { title: 'workflows', answers: { with: ['github'] }, expected: [] },
  { title: 'a container', answers: { with: ['container'] }, expected: [] },
  { title: 'one more stage', answers: { stages: ['dev', 'prod', 'test'] }, expected: [] },
  { title: 'the line of Node.js', answers: { node: '22' }, expected: update(['lambda_function.this']) },
  {
    title: 'instances kept started',
    answers: { with: ['provisioned'] },
    expected: create(['lambda_provisioned_concurrency_config.this[0]']),
  },
  {
    title: 'jobs',
    answers: { with: ['jobs'] },
    expected:
      /^(create aws_\w+\.(jobs|dead|this\["(dead-letters|jobs-errors|jobs-late|dead|jobs)"\])|update aws_lambda_function\.this)$/,
  },
  { title: 'memory', settings: 'memory_mb = 1024', expected: update(['lambda_function.this']) },
  {
    title: 'reserved concurrency',
    settings: 'reserved_concurrency = 10',
    expected: [...create(['cloudwatch_metric_alarm.this["concurrency"]']), ...update(['lambda_function.this'])],
  },
  {
    title: 'no tracing',
    settings: 'tracing = false',
    expected: /^update aws_(lambda_function|iam_role_policy|api_gateway_stage)\.this$/,
  },
  {
    title: 'a VPC',
    settings: 'vpc = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }',
    expected: [...create(['iam_role_policy.vpc[0]']), ...update(['lambda_function.this'])],
  },
  {
    title: 'a boundary',
    settings: 'permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"',
    expected: update(['iam_role.this']),
  },
  {
    title: 'a policy of the role',
    settings:
      'policies = { Read = { actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/a"] } }',
    expected: update(['iam_role_policy.this']),
  },
  { title: 'a topic', settings: `alarms = { topic_arns = ${topic} }`, expected: update(alarms) },
];

/** All that gateways share is tried with two of them. */
const still = shared.slice(0, 1);

const changes: Readonly<Record<string, readonly Change[]>> = {
  http: [
    ...shared,
    { title: 'a domain', answers: withDomain, expected: [...create(hostName), ...update(['apigatewayv2_api.this'])] },
    { title: 'the gateway, to rest', answers: { gateway: 'rest' }, expected: gatewayAlone },
    { title: 'the gateway, to url', answers: { gateway: 'url' }, expected: gatewayAlone },
    { title: 'the gateway, to alb', answers: gatewayAnswers('alb'), expected: gatewayAlone },
    { title: 'throttling', settings: 'throttling = { rate = 5 }', expected: update(['apigatewayv2_stage.this']) },
  ],
  rest: [
    ...shared,
    {
      title: 'a domain',
      answers: withDomain,
      expected: [
        ...create(hostName),
        'create/delete aws_api_gateway_deployment.this',
        ...update(['api_gateway_rest_api.this', 'api_gateway_stage.this']),
      ],
    },
    {
      title: 'streaming',
      answers: { with: ['streaming'] },
      expected:
        /^(create\/delete aws_api_gateway_deployment|update aws_(api_gateway_(integration|stage)|lambda_function|cloudwatch_metric_alarm))\.this(\["(proxy|root|duration-p95)"\])?$/,
    },
    { title: 'the gateway, to http', answers: { gateway: 'http' }, expected: gatewayAlone },
    {
      title: 'a web ACL',
      settings: 'web_acl_arn = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/demo/a1"',
      expected: create(['wafv2_web_acl_association.this[0]']),
    },
    {
      title: 'a private entrance',
      settings: 'endpoint_type = "PRIVATE"\nvpc_endpoint_ids = ["vpce-0a"]',
      expected: [
        ...create(['api_gateway_rest_api_policy.this[0]']),
        'create/delete aws_api_gateway_deployment.this',
        ...update(['api_gateway_rest_api.this', 'api_gateway_stage.this']),
      ],
    },
  ],
  url: [
    ...still,
    {
      title: 'a domain',
      answers: withDomain,
      expected: [...create([...certificate, ...records]), ...update(['cloudfront_distribution.this[0]'])],
    },
    {
      title: 'streaming',
      answers: { with: ['streaming'] },
      expected: update(['cloudwatch_metric_alarm.this["duration-p95"]', 'lambda_function.this', 'lambda_function_url.this']),
    },
    { title: 'the gateway, to rest', answers: { gateway: 'rest' }, expected: gatewayAlone },
    {
      title: 'a web ACL',
      settings: 'web_acl_arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/demo/a1"',
      expected: update(['cloudfront_distribution.this[0]']),
    },
  ],
  alb: [
    ...still,
    {
      title: 'a domain',
      answers: withDomain,
      expected: [...create([...certificate, ...records, 'lb_listener_certificate.this']), ...update(['lb_listener_rule.this'])],
    },
    { title: 'the gateway, to http', answers: { gateway: 'http' }, expected: gatewayAlone },
    { title: 'no health check', settings: 'health_check_interval_s = null', expected: update(['lb_target_group.this']) },
  ],
};

/** Both engines see each gateway; changes are shared out between them. */
const runs = Object.entries(changes).flatMap(([gateway, all], row) =>
  all.map((change, column) => ({ gateway, change, engine: engines[(row + column) % engines.length] ?? 'terraform' })),
);

describeTerraform('a stage that is deployed, once one thing of it is another', function () {
  this.timeout(300_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-changes-')));
  const queue = createQueue();
  const deployed = new Map<string, Promise<string>>();
  const planned: Promise<readonly string[]>[] = [];

  /** @returns the state of a stage that was just deployed */
  async function deploy(engine: Engine, gateway: string): Promise<string> {
    const project = join(folder, `${gateway}-${engine}`);
    await emitProject(project, gatewayAnswers(gateway));
    const cwd = join(project, 'terraform/stages/dev');
    await tell(engine, cwd, 'init', '-input=false');
    await tell(engine, cwd, 'apply', '-input=false', '-auto-approve');
    return join(cwd, 'terraform.tfstate');
  }

  async function planChange({ engine, gateway, change }: (typeof runs)[number], index: number): Promise<readonly string[]> {
    const key = `${gateway} ${engine}`;
    if (!deployed.has(key)) deployed.set(key, deploy(engine, gateway));
    const state = await deployed.get(key);
    const project = join(folder, String(index));
    await emitProject(project, { ...gatewayAnswers(gateway), ...change.answers });
    if (change.settings !== undefined)
      editStage(project, 'dev', { 'stage = local.stage\n': `stage = local.stage\n${change.settings}\n` });
    const cwd = join(project, 'terraform/stages/dev');
    cpSync(state ?? assert.fail(key), join(cwd, 'terraform.tfstate'));
    await tell(engine, cwd, 'init', '-input=false');
    const steps = await planSteps(engine, cwd);
    return steps.map(({ address, actions }) => `${actions.join('/')} ${address}`).toSorted();
  }

  before(() => {
    for (const [index, one] of runs.entries()) {
      const result = queue(() => planChange(one, index));
      result.catch(() => undefined); // told by the test that awaits it
      planned.push(result);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, { engine, gateway, change }] of runs.entries()) {
    it(`${engine} of ${gateway} plans for ${change.title} what that is, and no more`, async () => {
      const steps = (await planned[index]) ?? assert.fail(change.title);
      if (change.expected instanceof RegExp) {
        assert.ok(steps.length > 0);
        for (const step of steps) assert.match(step, change.expected);
      } else assert.deepEqual(steps, change.expected.toSorted());
    });
  }
});
