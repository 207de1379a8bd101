import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@cdktn/hcl2json';
import { useTempFolder } from '../temp-folder.ts';
import { gatewayAnswers, listenerArn } from '../gateway-answers.ts';
import { emitProject } from './emitted.ts';
import { describeTerraform, run } from './engines.ts';

interface Block {
  readonly description?: string;
  readonly type?: string;
  readonly validation?: readonly { readonly error_message: string }[];
}

interface Hcl {
  readonly variable?: Readonly<Record<string, readonly Block[]>>;
  readonly output?: Readonly<Record<string, readonly Block[]>>;
}

/** Those whose every value of their type is right. */
const anyValue = ['package_path', 'tracing'];

/** A value for each variable that its validation must refuse; in turns, where it has more than one reason to. */
const wrong: readonly Readonly<Record<string, string>>[] = [
  {
    name: '"-demo"',
    stage: '"Dev"',
    tags: '{ "aws:team" = "demo" }',
    log_retention_days: '31',
    kms_key_arn: '"alias/demo"',
    alarms: '{ topic_arns = ["demo"] }',
    runtime: '"nodejs20.x"',
    memory_mb: '127',
    timeout_s: '0',
    reserved_concurrency: '-2',
    environment: '{ "1" = "" }',
    log_level: '"info"',
    log_class: '"DELIVERY"',
    jobs: '{ memory_mb = 127, timeout_s = 1, batch_size = 11, concurrency = 1, attempts = 0, max_age_s = 0 }',
    schedules: '{ Noon = { job = "a", at = "12:00", input = "{" } }',
    layers: '["arn:aws:lambda:eu-west-1:123456789012:layer:demo"]',
    vpc: '{ subnet_ids = [], security_group_ids = [] }',
    policies: '{ "read-table" = { actions = ["dynamodb:GetItem"], resources = ["*"] } }',
    managed_policy_arns: '{ demo = "demo" }',
    secret_arns: '["demo"]',
    permissions_boundary_arn: '"demo"',
    throttling: '{ rate = 0 }',
    endpoint_type: '"GLOBAL"',
    integration_timeout_s: '0',
    access: '"public"',
    price_class: '"cheap"',
    listener: `{ arn = "${listenerArn.replace('/app/', '/net/')}", host_names = ["orders"], path_patterns = ["orders"] }`,
    health_check_interval_s: '5',
  },
  {
    domain:
      '{ name = "Demo", base_path = "/", generated_endpoint = true, client_certificates = { truststore_uri = "clients.pem", ownership_certificate_arn = "demo", trust_store_id = "ts_1" } }',
    vpc_endpoint_ids: '["endpoint"]',
    web_acl_arn: '"demo"',
    provisioned_concurrency: '{ schedule = { noon = { at = "12:00", instances = 1.5 } } }',
    alarms: '{ errors = 0 }',
    environment: '{ AWS_REGION = "" }',
    policies: '{ All = { actions = ["*"], resources = ["*"] } }',
  },
  {
    domain: '{ name = "demo.shop.org", zone = "example.org", certificate_arn = "demo", shared = true }',
    environment: '{ DB_PASSWORD = "" }',
    access: '"open"',
    vpc_endpoint_ids: '["vpce-0a"]',
    provisioned_concurrency: '{}',
    web_acl_arn: '"arn:aws:wafv2:us-east-1:123456789012:global/webacl/demo/a1"',
    listener: `{ arn = "${listenerArn}", priority = 0, path_patterns = ["/orders/*"] }`,
  },
  { endpoint_type: '"PRIVATE"', reserved_concurrency: '1', provisioned_concurrency: '{ instances = 2 }' },
];

const right = `domain = { name = "demo.shop.org", zone = "shop.org" }\nlistener = { arn = "${listenerArn}" }\n`;

describe('variables and outputs of the emitted terraform', () => {
  const folder = useTempFolder();

  /** All of one kind, of a root; by name. */
  async function load(kind: 'variable' | 'output'): Promise<Map<string, Block>> {
    const root = join(folder(), 'terraform/service');
    const files = readdirSync(root).filter((file) => file.endsWith('.tf'));
    const parsed = await Promise.all(files.map((file) => parse(file, readFileSync(join(root, file), 'utf8')) as Promise<Hcl>));
    return new Map(
      parsed.flatMap((hcl) => Object.entries(hcl[kind] ?? {}).map(([name, [block = {}]]) => [name, block] as const)),
    );
  }

  for (const choice of ['http', 'http provisioned jobs', 'rest', 'url', 'alb', 'rest streaming', 'url streaming']) {
    const [gateway = '', ...extras] = choice.split(' ');
    describe(`with ${choice}`, () => {
      beforeEach(() => emitProject(folder(), { ...gatewayAnswers(gateway), with: ['domain', ...extras], domain: 'shop.org' }));

      it('are all described, typed, and validated in messages that name them', async () => {
        for (const [name, { description = '', type, validation = [] }] of await load('variable')) {
          assert.match(description, /^[A-Z].*[^ .]\.?$/s, name);
          assert.ok(type, name);
          assert.equal(validation.length === 0, anyValue.includes(name), name);
          for (const { error_message } of validation)
            assert.ok(error_message.startsWith(`${name} `) || error_message.startsWith(`${name}.`), error_message);
        }
        for (const [name, { description = '' }] of await load('output')) assert.match(description, /^[A-Z].*\.$/, name);
      });

      describeTerraform('and refused', function () {
        this.timeout(60_000);

        it('with every one of these messages', async () => {
          const variables = await load('variable');
          const cwd = join(folder(), 'terraform/service');
          writeFileSync(join(cwd, 'provider.tf'), 'provider "aws" {\n  region = "eu-west-1"\n}\n');
          writeFileSync(join(cwd, 'right.tfvars'), `name = "demo"\nstage = "dev"\n${right}`);
          await run(['terraform', 'init', '-input=false'], cwd);
          const said: string[] = [];
          for (const values of wrong) {
            const known = Object.entries(values).filter(([name]) => variables.has(name));
            writeFileSync(join(cwd, 'wrong.tfvars'), known.map(([name, value]) => `${name} = ${value}\n`).join(''));
            const args = ['plan', '-input=false', '-var-file=right.tfvars', '-var-file=wrong.tfvars'];
            const { output } = await run(['terraform', ...args], cwd);
            said.push(output.replaceAll(/[\s│]+/g, ' '));
          }
          const messages = [...variables.values()].flatMap(({ validation = [] }) => validation.map((rule) => rule.error_message));
          assert.ok(messages.length > 20);
          const unheard = messages.filter((message) => !said.some((text) => text.includes(message)));
          assert.deepEqual(unheard, []);
        });
      });
    });
  }
});
