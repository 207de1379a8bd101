import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayAnswers } from '../gateway-answers.ts';
import { useTempFolder } from '../temp-folder.ts';
import { forms, type Changes, type Form } from './domain-forms.ts';
import { createQueue } from '../queue.ts';
import { emitProject } from './emitted.ts';
import { describeTerraform, engines, planSteps, run, tell, type Engine } from './engines.ts';

interface Case {
  readonly engine: Engine;
  readonly gateway: string;
  readonly form: Form;
}

/** Each form with each gateway, by the engines in turn. */
const cases: readonly Case[] = forms
  .flatMap((form) => form.gateways.map((gateway) => ({ form, gateway })))
  .map((one, index) => ({ ...one, engine: engines[index % engines.length] ?? 'terraform' }));

/** Writes `domain` into a stage's settings, for what stands there. */
function setDomain(stage: string, hcl: string): void {
  const file = join(stage, 'main.tf');
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(/ domain = \{(?:[^\n]*\}|.*?\n {2}\})\n/s, () => ` domain = ${hcl}\n`),
  );
}

/** Applies a form, plans again, plans the one that was emitted, and destroys. @returns what the change would change */
async function goThrough({ engine, gateway, form }: Case, folder: string): Promise<Changes> {
  await emitProject(folder, { ...gatewayAnswers(gateway), with: ['domain'], domain: 'shop.org' });
  const cwd = join(folder, 'terraform/stages/dev');
  const region = gateway === 'url' ? 'us-east-1' : 'eu-west-1';
  const emitted = readFileSync(join(cwd, 'main.tf'), 'utf8');
  setDomain(cwd, form.hcl(`arn:aws:acm:${region}:123456789012:certificate/1234abcd`));
  await tell(engine, cwd, 'fmt', '-check', '-diff');
  await tell(engine, cwd, 'init', '-input=false');
  await tell(engine, cwd, 'apply', '-input=false', '-auto-approve');
  await tell(engine, cwd, 'plan', '-input=false', '-detailed-exitcode'); // 0: nothing to change, 2: something
  const service = JSON.parse(await tell(engine, cwd, 'output', '-json', 'service')) as { url: string; domain_records: unknown[] };
  // A listener that nobody made has neither protocol nor port here.
  const url = gateway === 'alb' ? service.url.replace(/^http:(.*):0$/, 'https:$1') : service.url;
  assert.deepEqual([url, service.domain_records.length], [form.url, form.records ?? 0]);
  writeFileSync(join(cwd, 'main.tf'), emitted);
  const steps = await planSteps(engine, cwd);
  assert.match(await tell(engine, cwd, 'destroy', '-input=false', '-auto-approve'), /Destroy complete/);
  return Object.fromEntries(steps.map(({ address, actions }) => [address, actions] as const));
}

/** A root that makes the certificate of one service and the host name of another itself, in the same apply. */
const larger = `
provider "aws" {
  region = "eu-west-1"
}

resource "aws_acm_certificate" "shop" {
  domain_name       = "shop.org"
  validation_method = "DNS"
}

resource "aws_apigatewayv2_domain_name" "api" {
  domain_name = "api.shop.org"

  domain_name_configuration {
    certificate_arn = aws_acm_certificate.shop.arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

module "orders" {
  source = "./services/demo/terraform/service"
  name   = "orders"
  stage  = "dev"
  domain = { name = "orders.shop.org", certificate_arn = aws_acm_certificate.shop.arn }
}

module "parcels" {
  source = "./services/demo/terraform/service"
  name   = "parcels"
  stage  = "dev"
  domain = { name = aws_apigatewayv2_domain_name.api.id, base_path = "parcels", shared = true }
}

resource "aws_route53_record" "orders" {
  for_each = { for record in module.orders.domain_records : record.type => record }

  zone_id = "Z0SHOP"
  name    = each.value.name
  type    = each.key

  alias {
    name                   = each.value.target
    zone_id                = each.value.zone_id
    evaluate_target_health = false
  }
}

output "urls" {
  value = [module.orders.url, module.parcels.url]
}
`;

for (const engine of engines)
  describeTerraform(`a domain in a larger root, with ${engine}`, function () {
    this.timeout(60_000);
    const folder = useTempFolder();

    for (const gateway of ['http', 'rest'])
      it(`takes certificate and host name that ${gateway} is planned with, and tells that root its records`, async () => {
        await emitProject(join(folder(), 'services/demo'), { gateway, with: ['domain'], domain: 'shop.org' });
        writeFileSync(join(folder(), 'main.tf'), larger);
        for (const args of ['init', 'apply -auto-approve', 'plan -detailed-exitcode']) {
          const { code, output } = await run([engine, ...args.split(' '), '-input=false'], folder());
          assert.equal(code, 0, output);
        }
        const { output } = await run([engine, 'output', '-json', 'urls'], folder());
        assert.deepEqual(JSON.parse(output), ['https://orders.shop.org', 'https://api.shop.org/parcels']);
      });
  });

describeTerraform('the README', function () {
  this.timeout(60_000);
  const folder = useTempFolder();

  for (const [gateway, count] of [
    ['http', 4],
    ['rest', 4],
    ['url', 3],
    ['alb', 2],
  ] as const)
    it(`shows forms of a domain that ${gateway} can be planned with`, async () => {
      await emitProject(folder(), { ...gatewayAnswers(gateway), with: ['domain'], domain: 'shop.org' });
      const readme = readFileSync(join(folder(), 'README.md'), 'utf8');
      const examples = Array.from(readme.matchAll(/^domain = (.*)$/gm), ([, hcl = '']) =>
        hcl.replace('BUCKET/KEY', 'shop-trust/a.pem'),
      );
      assert.equal(examples.length, count);
      const cwd = join(folder(), 'terraform/stages/dev');
      for (const hcl of examples) {
        setDomain(cwd, hcl);
        const { code, output } = await run(['terraform', 'init', '-input=false'], cwd);
        assert.equal(code, 0, output);
        const planned = await run(['terraform', 'plan', '-input=false'], cwd);
        assert.equal(planned.code, 0, planned.output);
      }
    });
});

describeTerraform('terraform of every form of a domain', function () {
  this.timeout(300_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-domains-')));
  const runs = new Map<Case, Promise<Changes>>();

  before(() => {
    const queue = createQueue();
    for (const [index, each] of cases.entries()) {
      const result = queue(() => goThrough(each, join(folder, String(index))));
      result.catch(() => undefined); // told by the test that awaits it
      runs.set(each, result);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const each of cases)
    it(`${each.engine} makes, keeps, changes and destroys ${each.form.title}, ${each.gateway}`, async () => {
      assert.deepEqual(await runs.get(each), each.form.changes);
    });
});
