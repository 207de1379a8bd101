import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tell, type Engine } from '../terraform/engines.ts';
import { isAllowed, type Policy } from './policy.ts';
import { allowed, allowedOf, askRecords, nameless, refused, state, webAcl, ask } from './reach-cases.ts';
import { listRequests, type Owner } from './reach.ts';

/** A resource of the state, of those that the tests look at. */
export interface Resource {
  readonly address: string;
  readonly values: { readonly assume_role_policy?: string; readonly policy?: string; readonly arn?: string };
}

/** The state of terraform/bootstrap, as `show -json` prints it. */
export interface Shown {
  readonly values: {
    readonly outputs: { readonly github_variables: { readonly value: string } };
    readonly root_module: { readonly resources: readonly Resource[] };
  };
}

/** What the project was emitted with. */
export interface Chosen {
  readonly gateway: string;
  /** Separated by commas. */
  readonly extras: string;
}

/** As much as counts of what `make bootstrap` leaves in a stage's root. The bucket of prod is another account's. */
const states = {
  dev: 'terraform {\n  backend "s3" {\n    bucket              = "demo-tfstate-123456789012"\n    allowed_account_ids = ["123456789012"]\n  }\n}\n',
  prod: 'terraform {\n  backend "s3" {\n    bucket              = "demo-tfstate-210987654321"\n    allowed_account_ids = ["210987654321"]\n  }\n}\n',
};

/** Connects an emitted project to a repository, as its owner would. */
export function connect(project: string, gateway: string): void {
  for (const [stage, text] of Object.entries(states)) writeFileSync(join(project, `terraform/stages/${stage}/backend.tf`), text);
  const settings = join(project, 'terraform/bootstrap/github.auto.tfvars');
  const repository = 'github = { owner = "acme", owner_id = 12, name = "orders", id = 34 }';
  const firewalls = gateway === 'rest' || gateway === 'url' ? `\nweb_acl_arns = ["${webAcl}"]` : '';
  writeFileSync(settings, readFileSync(settings, 'utf8').replace('github = null', repository + firewalls));
}

/** Tells a connected project of the domain of dev alone, in another form than it was emitted with. */
export function nameDomain(project: string, domain: string): void {
  const file = join(project, 'terraform/bootstrap/github.auto.tfvars');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/domains = \{.*\n\}\n/s, `domains = { dev = ${domain} }\n`));
}

/** @returns the state of terraform/bootstrap once it is applied */
export async function applyBootstrap(engine: Engine, project: string): Promise<Shown> {
  const cwd = join(project, 'terraform/bootstrap');
  await tell(engine, cwd, 'init', '-input=false');
  await tell(engine, cwd, 'apply', '-input=false', '-auto-approve');
  return JSON.parse(await tell(engine, cwd, 'show', '-json')) as Shown;
}

/** Those of a role, or of a stage, by type. */
export function resourcesOf({ values }: Shown, name: string, types: readonly string[]): readonly Resource[] {
  return values.root_module.resources.filter(
    ({ address }) => types.some((type) => address.startsWith(`${type}.`)) && address.includes(`["${name}"]`),
  );
}

/** The policies of a role. */
export function policiesOf(shown: Shown, name: string): Policy[] {
  const policies = resourcesOf(shown, name, ['aws_iam_role_policy', 'aws_iam_policy']);
  return policies.map(({ values }) => JSON.parse(values.policy ?? '') as Policy);
}

/** What the role that deploys dev may not do and has to, or may do and must not. */
export function deployFaults(shown: Shown, { gateway, extras }: Chosen): string[] {
  const policies = policiesOf(shown, 'deploy-dev');
  const more = extras.split(',').flatMap((extra) => [...(allowedOf[extra] ?? []), ...(allowedOf[`${gateway} ${extra}`] ?? [])]);
  const needed = [...allowed, ...(allowedOf[gateway] ?? []), ...more];
  return [
    ...needed.filter((request) => !isAllowed(policies, request)).map((request) => `needs ${JSON.stringify(request)}`),
    ...refused.filter((request) => isAllowed(policies, request)).map((request) => `must not ${JSON.stringify(request)}`),
  ];
}

/** The changes of somebody else's that the role that deploys dev could make. */
export async function reachFaults(shown: Shown, owner: Owner): Promise<string[]> {
  const policies = policiesOf(shown, 'deploy-dev');
  const named = namedActions(policies);
  const reached = (await listRequests(owner)).filter((request) => named.test(request.action) && isAllowed(policies, request));
  // To make one's own beside them is no change of theirs.
  return reached
    .filter(({ resource, action }) => !/::\/(apis|restapis|domainnames)$/.test(resource) && !nameless.includes(action))
    .map((request) => JSON.stringify(request));
}

/** Matches the actions that a statement names, of which alone one can be allowed: to simulate the others takes minutes. */
function namedActions(policies: readonly Policy[]): RegExp {
  const actions = policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
  return new RegExp(`^(${actions.map((action) => action.replaceAll('*', '.*')).join('|')})$`, 'i');
}

/** The records that the role that deploys dev may not change and has to, or may change and must not. */
export function recordFaults(shown: Shown): string[] {
  const policies = policiesOf(shown, 'deploy-dev');
  const [{ values } = assert.fail('no zone')] = resourcesOf(shown, 'dev', ['data.aws_route53_zone']);
  const zone = values.arn ?? '';
  const own = ['demo-dev.shop.org', '_a1.demo-dev.shop.org'].flatMap((name) =>
    ['A', 'AAAA', 'CNAME'].map((type) => [name, type] as const),
  );
  const others = [
    ...['shop.org', 'demo-prod.shop.org', '_a1.demo-prod.shop.org', 'x.demo-dev.shop.org'].map((name) => [name, 'A'] as const),
    ...['NS', 'MX', 'TXT', 'CAA'].map((type) => ['demo-dev.shop.org', type] as const),
  ];
  return [
    ...own
      .filter(([name, type]) => !isAllowed(policies, askRecords(zone, name, type)))
      .map((record) => `needs ${record.join(' ')}`),
    ...others
      .filter(([name, type]) => isAllowed(policies, askRecords(zone, name, type)))
      .map((record) => `must not ${record.join(' ')}`),
    ...(isAllowed(policies, askRecords('arn:aws:route53:::hostedzone/Z0', 'demo-dev.shop.org', 'A'))
      ? ['must not in every zone']
      : []),
  ];
}

/** What the role that plans may do beside reading what is this account's. */
export function planFaults(shown: Shown): string[] {
  const policies = policiesOf(shown, 'plan');
  const actions = policies.flatMap(({ Statement }) => Statement).flatMap(({ Action }) => Action);
  return [
    ...actions.filter((action) => !/^(apigateway:GET|[\w-]+:(Get|List|Describe)\w*\*?)$/.test(action)),
    ...(isAllowed(policies, ask('s3:GetObject', state('prod.tfstate'))) ? ['reads the state of prod'] : []),
  ];
}

/** Who may take the two roles, where that is not the repository's own workflows. */
export function trustFaults({ values }: Shown): string[] {
  const roles = values.root_module.resources.filter(({ address }) => address.startsWith('aws_iam_role.github'));
  const expected = {
    'aws_iam_role.github["deploy-dev"]': trustOf(['environment:dev'], 'refs/heads/main'),
    'aws_iam_role.github["plan"]': trustOf(['pull_request', 'ref:refs/heads/main'], ['refs/pull/*/merge', 'refs/heads/main']),
  };
  const found = Object.fromEntries(roles.map((role) => [role.address, JSON.parse(role.values.assume_role_policy ?? '')]));
  try {
    assert.deepEqual(found, expected);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

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
