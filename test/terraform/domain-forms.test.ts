import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createQueue, emitProject } from './emitted.ts';
import { describeTerraform, engines, run, type Engine } from './engines.ts';

/** Of what Terraform would change: the resources, and how. */
type Changes = Readonly<Record<string, readonly string[]>>;

interface Form {
  readonly title: string;
  readonly gateways: readonly string[];
  /** For `domain`, given the ARN of a certificate in the right region. */
  readonly hcl: (certificate: string) => string;
  readonly url: string;
  /** Records that are left to somebody else. */
  readonly records?: number;
  /** What changes when the stage, which was deployed like this, is given `domain` as it was emitted. */
  readonly changes: Changes;
}

interface Shown {
  readonly resource_changes: readonly { readonly address: string; readonly change: { readonly actions: readonly string[] } }[];
}

const certificate = {
  'aws_acm_certificate.this[0]': ['create'],
  'aws_acm_certificate_validation.this[0]': ['create'],
  'aws_route53_record.validation[0]': ['create'],
};
const records = { 'aws_route53_record.this["A"]': ['create'], 'aws_route53_record.this["AAAA"]': ['create'] };
const renamed = { 'aws_apigatewayv2_domain_name.this[0]': ['update'] };
const distribution = { 'aws_cloudfront_distribution.this[0]': ['update'] };
const path = { 'aws_apigatewayv2_api_mapping.this': ['update'], 'aws_lambda_function.this': ['update'] };

const forms: readonly Form[] = [
  {
    title: 'a certificate and records of its own',
    gateways: ['http', 'rest', 'url'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org" }',
    url: 'https://demo-dev.shop.org',
    changes: {},
  },
  {
    title: 'a certificate that is there',
    gateways: ['http', 'rest'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", zone = "shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    changes: { ...certificate, ...renamed },
  },
  {
    title: 'a certificate that is there',
    gateways: ['url'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", zone = "shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    changes: { ...certificate, ...distribution },
  },
  {
    title: 'records elsewhere',
    gateways: ['http', 'rest'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    records: 2,
    changes: { ...certificate, ...records, ...renamed },
  },
  {
    title: 'records elsewhere',
    gateways: ['url'],
    hcl: (arn) => `{ name = "demo-dev.shop.org", certificate_arn = "${arn}" }`,
    url: 'https://demo-dev.shop.org',
    records: 2,
    changes: { ...certificate, ...records, ...distribution },
  },
  {
    title: 'a path of its own host name',
    gateways: ['http', 'rest'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org", base_path = "orders/v1" }',
    url: 'https://demo-dev.shop.org/orders/v1',
    changes: path,
  },
  {
    title: "a path of another root's host name",
    gateways: ['http', 'rest'],
    hcl: () => '{ name = "api.shop.org", base_path = "orders", shared = true }',
    url: 'https://api.shop.org/orders',
    changes: {
      ...certificate,
      ...records,
      ...path,
      'aws_apigatewayv2_api_mapping.this': ['delete', 'create'],
      'aws_apigatewayv2_domain_name.this[0]': ['create'],
    },
  },
  {
    title: 'mutual TLS',
    gateways: ['http', 'rest'],
    hcl: () =>
      '{ name = "demo-dev.shop.org", zone = "shop.org", client_certificates = { truststore_uri = "s3://shop-trust/clients.pem" } }',
    url: 'https://demo-dev.shop.org',
    changes: renamed,
  },
  {
    title: 'mutual TLS',
    gateways: ['url'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org", client_certificates = { trust_store_id = "ts_1" } }',
    url: 'https://demo-dev.shop.org',
    changes: distribution,
  },
  {
    title: 'a generated host name that goes on answering',
    gateways: ['http'],
    hcl: () => '{ name = "demo-dev.shop.org", zone = "shop.org", generated_endpoint = true }',
    url: 'https://demo-dev.shop.org',
    changes: { 'aws_apigatewayv2_api.this': ['update'] },
  },
];

const cases = engines.flatMap((engine) =>
  forms.flatMap((form) => form.gateways.map((gateway) => ({ engine, form, gateway }) as const)),
);

/** Applies a form, plans again, plans the one that was emitted, and destroys. @returns what the change would change */
async function goThrough(engine: Engine, gateway: string, form: Form, folder: string): Promise<Changes> {
  await emitProject(folder, { gateway, with: ['domain'], domain: 'shop.org' });
  const cwd = join(folder, 'terraform/stages/dev');
  const tell = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await run([engine, ...args], cwd);
    assert.equal(code, 0, `${engine} ${args.join(' ')}\n${output}`);
    return output;
  };
  const settings = join(cwd, 'main.tf');
  const emitted = readFileSync(settings, 'utf8');
  const region = gateway === 'url' ? 'us-east-1' : 'eu-west-1';
  const hcl = form.hcl(`arn:aws:acm:${region}:123456789012:certificate/1234abcd`);
  writeFileSync(settings, emitted.replace(/ domain = \{.*?\n {2}\}\n/s, () => ` domain = ${hcl}\n`));
  await tell('fmt', '-check', '-diff');
  await tell('init', '-input=false');
  await tell('apply', '-input=false', '-auto-approve');
  await tell('plan', '-input=false', '-detailed-exitcode'); // 0: nothing to change, 2: something
  const service = JSON.parse(await tell('output', '-json', 'service')) as { url: string; domain_records: unknown[] };
  assert.deepEqual([service.url, service.domain_records.length], [form.url, form.records ?? 0]);
  writeFileSync(settings, emitted);
  await tell('plan', '-input=false', '-out=stage.tfplan');
  const { resource_changes: planned } = JSON.parse(await tell('show', '-json', 'stage.tfplan')) as Shown;
  assert.match(await tell('destroy', '-input=false', '-auto-approve'), /Destroy complete/);
  const changed = planned.filter(({ address, change }) => !address.includes('.data.') && change.actions[0] !== 'no-op');
  return Object.fromEntries(
    changed.map(({ address, change }) => [address.replace('module.service.', ''), change.actions] as const),
  );
}

describeTerraform('terraform of every form of a domain', function () {
  this.timeout(300_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-domains-')));
  const runs = new Map<(typeof cases)[number], Promise<Changes>>();

  before(() => {
    const queue = createQueue();
    for (const [index, each] of cases.entries()) {
      const result = queue(() => goThrough(each.engine, each.gateway, each.form, join(folder, String(index))));
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
