import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTempFolder } from '../temp-folder.ts';
import { gatewayAnswers } from '../gateway-answers.ts';
import { editStage, emitProject } from './emitted.ts';
import { describeTerraform, engines, run, tell, type Engine } from './engines.ts';

const provider = `
provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { Team = "shop" }
  }
}
`;

/** A root with a network, keys, tags and a policy of its own, whose ids are known only after it is applied. */
const root = `${provider}
resource "aws_subnet" "private" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.1.0/24"
}

resource "aws_security_group" "orders" {
  vpc_id = "vpc-1"
}

resource "aws_kms_key" "orders" {}

resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_iam_policy" "orders" {
  name   = "orders"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "*" }] })
}

module "orders" {
  source   = "./services/demo/terraform/service"
  for_each = toset(["blue", "green"])

  name                = "orders"
  stage               = each.key
  tags                = { CostCentre = "42" }
  vpc                 = { subnet_ids = [aws_subnet.private.id], security_group_ids = [aws_security_group.orders.id] }
  kms_key_arn         = aws_kms_key.orders.arn
  secret_arns         = [aws_secretsmanager_secret.orders.arn]
  managed_policy_arns = { orders = aws_iam_policy.orders.arn }
LISTENERDOMAIN}
`;

/** What the README's example refers to. */
const around = `${provider}
module "network" {
  source = "./network"
}

resource "aws_security_group" "demo" {
  vpc_id = "vpc-1"
}

output "service" {
  value = module.demo
}
`;

const network = `
resource "aws_subnet" "private" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.1.0/24"
}

output "private_subnet_ids" {
  value = [aws_subnet.private.id]
}
`;

/** What a rule is added to. */
const balancer = `
resource "aws_lb" "shared" {
  name    = "shared"
  subnets = ["subnet-1", "subnet-2"]
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shared.arn
  protocol          = "HTTPS"
  port              = PORT
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/1"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
`;

interface Resource {
  readonly type: string;
  readonly mode: string;
  readonly values: {
    readonly name?: string;
    readonly tags_all?: Readonly<Record<string, string>> | null;
    readonly vpc_config?: readonly { subnet_ids: string[] }[];
  };
}

interface Shown {
  readonly values: {
    readonly outputs?: { readonly service: { readonly value: { readonly function_name: string } } };
    readonly root_module: { readonly child_modules: readonly { readonly resources: readonly Resource[] }[] };
  };
}

/** A plan, as `show -json` prints it. */
interface Planned {
  readonly planned_values: Shown['values'];
}

/** Applies a root, which must plan nothing the second time. @returns what it then is */
async function apply(engine: Engine, cwd: string): Promise<Shown> {
  let output = '';
  for (const args of [
    'init -input=false',
    'validate',
    'apply -input=false -auto-approve',
    'plan -input=false -detailed-exitcode',
    'show -json',
  ]) {
    const outcome = await run([engine, ...args.split(' ')], cwd);
    assert.equal(outcome.code, 0, `${args}\n${outcome.output}`);
    output = outcome.output;
  }
  return JSON.parse(output) as Shown;
}

describeTerraform('terraform/service in a larger root', function () {
  this.timeout(120_000);
  const folder = useTempFolder();

  const cases = [
    ['http', 'shop.org'],
    ['http', ''],
    ['rest', ''],
    ['url', ''],
    ['alb', ''],
    ['alb', 'shop.org'],
  ] as const;
  // By the engines in turn.
  for (const [index, [gateway, domain]] of cases.entries()) {
    const engine = engines[index % engines.length] ?? 'terraform';
    const title = `${gateway}${domain && ' with a domain'}, ${engine},`;
    const answers = { ...gatewayAnswers(gateway), ...(domain ? { with: ['domain'], domain } : {}) };

    it(`${title} takes what that root makes, twice in one root`, async () => {
      await emitProject(join(folder(), 'services/demo'), answers);
      const argument = '  domain = { name = "orders.${each.key}.org", zone = "${each.key}.org" }\n';
      writeFileSync(
        join(folder(), 'main.tf'),
        root
          .replace('LISTENER', () =>
            gateway === 'alb' ? '  listener            = { arn = aws_lb_listener.https[each.key].arn }\n' : '',
          )
          .replace('DOMAIN', () => (domain ? argument : '')) +
          (gateway === 'alb' ? balancer.replace('PORT', 'each.value\n  for_each          = { blue = 443, green = 8443 }') : ''),
      );
      const { child_modules: modules } = (await apply(engine, folder())).values.root_module;
      assert.equal(modules.length, 2);
      for (const { resources } of modules) {
        const managed = resources.filter(({ mode, values }) => mode === 'managed' && values.tags_all);
        assert.ok(managed.length > 4);
        for (const { type, values } of managed) assert.deepEqual(values.tags_all, { Team: 'shop', CostCentre: '42' }, type);
        const lambda = resources.find(({ type }) => type === 'aws_lambda_function');
        assert.match(lambda?.values.vpc_config?.[0]?.subnet_ids[0] ?? '', /^subnet-/);
      }
    });

    it(`${title} is called as the README shows`, async () => {
      await emitProject(join(folder(), 'services/demo'), answers);
      const readme = readFileSync(join(folder(), 'services/demo/README.md'), 'utf8');
      const example = /^```hcl\n(module .*?)^```$/ms.exec(readme)?.[1] ?? assert.fail('There is no example.');
      mkdirSync(join(folder(), 'network'));
      writeFileSync(join(folder(), 'network/main.tf'), network);
      writeFileSync(join(folder(), 'main.tf'), around + (gateway === 'alb' ? balancer.replace('PORT', '443') : ''));
      writeFileSync(join(folder(), 'service.tf'), example);
      const formatted = await run([engine, 'fmt', '-check', '-diff', 'service.tf'], folder());
      assert.equal(formatted.code, 0, formatted.output);
      const { outputs } = (await apply(engine, folder())).values;
      assert.equal(outputs?.service.value.function_name, 'demo-prod');
    });
  }
});

describeTerraform('terraform/service', function () {
  this.timeout(60_000);
  const folder = useTempFolder();

  it('runs on the processor that package.json names', async () => {
    await emitProject(folder());
    const file = join(folder(), 'package.json');
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { lambda: object };
    writeFileSync(file, JSON.stringify({ ...settings, lambda: { ...settings.lambda, architecture: 'x86_64' } }));
    const cwd = join(folder(), 'terraform/stages/dev');
    await run(['terraform', 'init', '-input=false'], cwd);
    const { output } = await run(['terraform', 'plan', '-input=false'], cwd);
    assert.match(output, /architectures +=\s+\[\s+\+ "x86_64"/);
  });

  for (const gateway of ['http', 'rest', 'url', 'alb'])
    it(`has no name twice in an account where a stage of another region stands beside it, ${gateway}`, async () => {
      const extras = { with: ['domain', 'jobs', 'provisioned'], domain: 'shop.org', stages: ['prod', 'produs'] };
      await emitProject(folder(), { ...gatewayAnswers(gateway), ...extras });
      const listener = /(?<=loadbalancing:)eu-west-1/;
      const file = join(folder(), 'terraform/stages/produs/main.tf');
      const text = readFileSync(file, 'utf8').replace('"eu-west-1"', '"us-east-1"').replace(listener, 'us-east-1');
      writeFileSync(file, text);
      const names = await Promise.all(
        extras.stages.map(async (stage) => {
          const cwd = join(folder(), 'terraform/stages', stage);
          await tell('terraform', cwd, 'init', '-input=false');
          await tell('terraform', cwd, 'plan', '-input=false', '-out=stage.tfplan');
          const { planned_values: values } = JSON.parse(await tell('terraform', cwd, 'show', '-json', 'stage.tfplan')) as Planned;
          const resources = values.root_module.child_modules.flatMap((module) => module.resources);
          return resources.flatMap(({ type, mode, values: { name } }) => (mode === 'managed' && name ? [`${type} ${name}`] : []));
        }),
      );
      // Within a region, or within an API, they may be the same.
      const local = /^aws_(lambda_alias|api_gateway_\w+|apigatewayv2_stage) /;
      const [first = [], second = []] = names.map((list) => list.filter((name) => !local.test(name)));
      assert.ok(first.length > 5);
      assert.deepEqual(
        first.filter((name) => second.includes(name)),
        [],
      );
    });

  it('sees what lies beside the settings of a stage', async () => {
    await emitProject(folder());
    const cwd = join(folder(), 'terraform/stages/dev');
    writeFileSync(join(cwd, 'queue.tf'), 'resource "aws_sqs_queue" "parcels" {\n  name = "parcels"\n}\n');
    const setting = '  environment = { QUEUE = aws_sqs_queue.parcels.name }\n';
    editStage(folder(), 'dev', { 'stage = local.stage\n': `stage = local.stage\n${setting}` });
    await run(['terraform', 'init', '-input=false'], cwd);
    const { code, output } = await run(['terraform', 'plan', '-input=false'], cwd);
    assert.equal(code, 0, output);
    assert.match(output, /"QUEUE" +=\s+"parcels"/);
  });

  for (const [gateway, api] of [
    ['http', 'aws_apigatewayv2_api.this'],
    ['rest', 'aws_api_gateway_rest_api.this'],
  ] as const)
    it(`turns the generated endpoint of ${gateway} off once the host name has its records, hence its certificate`, async () => {
      await emitProject(folder(), { gateway, with: ['domain'], domain: 'shop.org' });
      const cwd = join(folder(), 'terraform/service');
      await run(['terraform', 'init', '-backend=false', '-input=false'], cwd);
      const { output } = await run(['terraform', 'graph'], cwd);
      const edges = Array.from(output.matchAll(/^\s*"(.+?)" -> "(.+?)";$/gm), ([, from = '', to = '']) => [from, to] as const);
      const reached = new Set<string>([api]);
      for (const name of reached) for (const [from, to] of edges) if (from === name) reached.add(to);
      for (const name of ['aws_route53_record.this', 'aws_acm_certificate_validation.this', 'aws_apigatewayv2_domain_name.this'])
        assert.ok(reached.has(name), output);
    });
});
