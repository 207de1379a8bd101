import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { useTempFolder } from '../temp-folder.ts';
import { emitProject } from './emitted.ts';
import { describeTerraform, engines, run } from './engines.ts';

/** A root with a network, keys, tags and a table of its own, whose ids are known only after it is applied. */
const root = `
provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = { Team = "shop" }
  }
}

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
  source   = "./services/orders"
  for_each = toset(["blue", "green"])

  name                = "orders"
  stage               = each.key
  package_path        = "main.tf"
  tags                = { CostCentre = "42" }
  vpc                 = { subnet_ids = [aws_subnet.private.id], security_group_ids = [aws_security_group.orders.id] }
  kms_key_arn         = aws_kms_key.orders.arn
  secret_arns         = [aws_secretsmanager_secret.orders.arn]
  managed_policy_arns = { orders = aws_iam_policy.orders.arn }
DOMAIN}
`;

interface Resource {
  readonly type: string;
  readonly mode: string;
  readonly values: {
    readonly tags_all?: Readonly<Record<string, string>> | null;
    readonly vpc_config?: readonly { subnet_ids: string[] }[];
  };
}

interface Shown {
  readonly values: { readonly root_module: { readonly child_modules: readonly { readonly resources: readonly Resource[] }[] } };
}

for (const engine of engines) {
  describeTerraform(`the emitted terraform as a module, with ${engine}`, function () {
    this.timeout(60_000);
    const folder = useTempFolder();

    for (const [gateway, extras] of [
      ['http', 'domain'],
      ['rest', ''],
      ['url', ''],
    ] as const) {
      it(`${gateway}${extras && ` with ${extras}`} takes what a larger root makes, twice in one root`, async () => {
        await emitProject(join(folder(), 'orders'), { gateway, ...(extras ? { with: [extras], domain: 'shop.org' } : {}) });
        const module = join(folder(), 'root/services/orders');
        const origin = join(folder(), 'orders/terraform');
        mkdirSync(module, { recursive: true });
        for (const file of readdirSync(origin).filter(
          (name) => name.endsWith('.tf') && !/^(providers|backend)\.tf$/.test(name),
        )) {
          cpSync(join(origin, file), join(module, file));
        }
        const domain = '  domain = { name = "orders.${each.key}.org", zone = "${each.key}.org" }\n';
        writeFileSync(
          join(folder(), 'root/main.tf'),
          root.replace('DOMAIN', () => (extras ? domain : '')),
        );

        let output = '';
        for (const args of [
          'init -input=false',
          'validate',
          'apply -input=false -auto-approve',
          'plan -input=false -detailed-exitcode',
          'show -json',
        ]) {
          const outcome = await run([engine, ...args.split(' ')], join(folder(), 'root'));
          assert.equal(outcome.code, 0, `${args}\n${outcome.output}`);
          output = outcome.output;
        }
        const modules = (JSON.parse(output) as Shown).values.root_module.child_modules;
        assert.equal(modules.length, 2);
        for (const { resources } of modules) {
          const managed = resources.filter(({ mode, values }) => mode === 'managed' && values.tags_all);
          assert.ok(managed.length > 4);
          for (const { type, values } of managed) assert.deepEqual(values.tags_all, { Team: 'shop', CostCentre: '42' }, type);
          const lambda = resources.find(({ type }) => type === 'aws_lambda_function');
          assert.match(lambda?.values.vpc_config?.[0]?.subnet_ids[0] ?? '', /^subnet-/);
        }
      });
    }
  });
}
