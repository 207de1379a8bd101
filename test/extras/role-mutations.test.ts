import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayAnswers } from '../gateway-answers.ts';
import { createQueue } from '../queue.ts';
import { emitProject } from '../terraform/emitted.ts';
import { describeTerraform } from '../terraform/engines.ts';
import { others } from './reach.ts';
import {
  applyBootstrap,
  connect,
  deployFaults,
  nameDomain,
  planFaults,
  reachFaults,
  recordFaults,
  trustFaults,
} from './roles.ts';

/** In a file, the first text like this behind another, made that. */
type Edit = readonly [behind: string, from: string, to: string];

/** A line of a role loosened, of which bootstrap.test.ts finds nothing to say as it is. */
interface Mutation {
  readonly title: string;
  readonly gateway: string;
  /** In place of the form that the extra is emitted with. */
  readonly domain: string | undefined;
  /** Of terraform/bootstrap. */
  readonly file: string;
  readonly edit: Edit;
}

function at(
  file: string,
  edits: Readonly<Record<string, Edit>>,
  { gateway = 'http', domain }: { readonly gateway?: string; readonly domain?: string } = {},
): Mutation[] {
  return Object.entries(edits).map(([title, edit]) => ({ title, gateway, domain, file, edit }));
}

const byTags = ['for_each = local.owner_tags[each.value]', 'for_each = {}'] as const;
const role = 'values(local.stage_arns[each.value].roles)';
const states = '"${local.bucket_arn}/*"';

const shared = '{ name = "platform-core.shop.org", shared = true }';
const trusting = '{ name = "demo-dev.shop.org", truststore_uri = "s3://shop-trust/clients.pem" }';

/** Forms of a domain that bootstrap.test.ts does not see, as they are. */
const untouched = [shared, trusting].flatMap((domain) => at('github-write.tf', { [domain]: ['', '', ''] }, { domain }));

const mutations: readonly Mutation[] = [
  // Who may take a role.
  ...at('github.tf', {
    'any workflow takes a role': [':aud"', 'values   = ["sts.amazonaws.com"]', 'values   = ["*"]'],
    'a repository that took the name takes it': [':repository_id"', '[tostring(var.github.id)]', '["*"]'],
    'a deploy starts from every branch': ['environment:', '["refs/heads/main"]', '["refs/heads/*"]'],
    'a pull request deploys': ['deploy-', '["environment:${stage}"]', '["environment:${stage}", "pull_request"]'],
    'a stage is any of the service': ['owner_tags', ', Stage = stage', ''],
  }),
  ...at('github-read.tf', {
    'a plan changes functions': ['ReadFunction', '"lambda:Get*"', '"lambda:*"'],
    'a plan reads each state': ['ReadState', 'local.stage_arns[stage].state', states],
    'a stage is one whose name begins like it': ['function = [', '${stage}"', '${stage}*"'],
    'alarms are those whose names begin like them': ['alarms ', '${stage}/*', '${stage}*'],
    'schedules are those of groups whose names begin like it': ['schedules ', '${stage}/*', '${stage}*/*'],
  }),
  ...at('github-write.tf', {
    'each state is written': ['WriteState', 'local.stage_arns[each.value].state', states],
    'the state is deleted': ['ReleaseState', '[local.stage_arns', '[local.stage_arns[each.value].state, local.stage_arns'],
    'each function is changed': ['ChangeFunction', 'local.stage_arns[each.value].function', '["*"]'],
    'each role is changed': ['ChangeRole', role, '["*"]'],
    'each role is given more': ['GiveToRole', role, '["*"]'],
    'a role of the workflows is given more': ['GiveToRole', role, '["${local.arn}:iam::*:role/*${var.name}*"]'],
    'the role is passed to other services': [
      'PassedToService',
      '"lambda.amazonaws.com"',
      '"lambda.amazonaws.com", "ec2.amazonaws.com"',
    ],
    'each log is changed': ['ChangeLogs', 'local.stage_arns[each.value].log_groups', '["*"]'],
    'each alarm is changed': ['ChangeAlarms', 'local.stage_arns[each.value].alarms', '"*"'],
    'a certificate is made for nobody': ['MakeCertificate', ...byTags],
    'each certificate is changed': ['ChangeCertificate', ...byTags],
    'each scaling is changed': ['ChangeScaling', ...byTags],
    'a role of each service is made': ['MakeScalingRole', '["lambda.application-autoscaling.amazonaws.com"]', '["*"]'],
    'each queue is changed': ['ChangeQueues', 'local.stage_arns[each.value].queues', '["*"]'],
    'each schedule is changed': [
      'ChangeSchedules"',
      '[local.stage_arns[each.value].schedule_group, local.stage_arns[each.value].schedules]',
      '["*"]',
    ],
    'each function gets a trigger': ['ChangeTrigger', 'local.stage_arns[each.value].function', '["*"]'],
    'each trigger is tagged': ['RetagTrigger', ...byTags],
    "the scheduler's role is passed to functions": ['PassSchedulerRole', '"scheduler.amazonaws.com"', '"lambda.amazonaws.com"'],
    'a host name is made for nobody': ['MakeDomain', ...byTags],
    'each host name is changed': ['ChangeDomain', '/domainnames/${statement.value.name}"', '/domainnames/*"'],
    'a zone is handed over': ['RecordTypes"', '"CNAME"]', '"CNAME", "NS"]'],
    'each record of the zone is changed': ['RecordNames"', 'statement.value.name,', '"*",'],
    'each zone is changed': ['ChangeRecords', '[data.aws_route53_zone.stage[each.value].arn]', '["*"]'],
  }),
  ...at(
    'github-write.tf',
    { 'each path of each shared host name is changed': ['ChangeMapping', '${statement.value.name}/apimappings/*', '*'] },
    { domain: shared },
  ),
  ...at(
    'github-write.tf',
    {
      'each host name asks for other certificates': [
        'AskForCertificates',
        '/domainnames/${statement.value.name}"',
        '/domainnames/*"',
      ],
      'each file is read as trust store': [
        'ReadTrustStore',
        '[replace(statement.value.truststore_uri, "s3://", "${local.arn}:s3:::")]',
        '["*"]',
      ],
    },
    { domain: trusting },
  ),
  ...at('github-api.tf', {
    'an API is made for nobody': ['MakeApi', ...byTags],
    'each API is changed': ['ChangeApi', ...byTags],
    'an API without tags is changed': ['ChangeApi', '"StringEquals"', '"StringEqualsIfExists"'],
    "another's API is called one's own": ['ChangeTags', '["Project", "Stage"]', '["Project"]'],
    "another's API loses all its tags": ['ForAllValues:StringNotEquals', '["false"]', '["true"]'],
  }),
  ...at(
    'github-api.tf',
    {
      'each REST API is changed': ['ChangeApi', ...byTags],
      'each web ACL is put before the API': ['SetFirewall', 'concat(var.web_acl_arns', 'concat(["*"]'],
      'web ACLs are put before each API': ['SetFirewall', 'stages/${var.name}-${each.value}', 'stages/*'],
      'the error logs of each API of the stage are changed': ['execution_log_arns', '/${var.name}-${stage}"', '/*${stage}"'],
    },
    { gateway: 'rest' },
  ),
  ...at(
    'github-api.tf',
    {
      'each distribution is changed': ['ChangeDistribution', ...byTags],
      'a distribution is made for nobody': ['MakeDistribution', ...byTags],
    },
    { gateway: 'url' },
  ),
  ...at(
    'github-api.tf',
    {
      'each rule of a listener is changed': ['ChangeRule', ...byTags],
      "another's rule is called one's own": ['TagWhatIsMade', '"StringEquals"', '"StringEqualsIfExists"'],
      'rules are added to each listener': ['MakeRule', 'local.listener_arns[each.value]', '["*"]'],
    },
    { gateway: 'alb' },
  ),
];

describeTerraform('the tests of the roles of workflows', function () {
  this.timeout(300_000);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsflask-roles-')));
  const extras = 'github,domain,jobs,provisioned';
  const runs = new Map<Mutation, Promise<readonly string[]>>();

  /** @returns what the tests say of the roles of a project with this change */
  async function tryOut({ title, gateway, domain, file, edit }: Mutation, index: number): Promise<readonly string[]> {
    const project = join(folder, String(index));
    await emitProject(project, { ...gatewayAnswers(gateway), with: extras.split(','), domain: 'shop.org' });
    connect(project, gateway);
    if (domain !== undefined) nameDomain(project, domain);
    loosen(title, join(project, 'terraform/bootstrap', file), edit);
    const shown = await applyBootstrap('terraform', project);
    const found = [
      ...trustFaults(shown),
      ...planFaults(shown),
      ...deployFaults(shown, { gateway, extras }),
      ...(domain === undefined ? recordFaults(shown) : []),
    ];
    // The longest to ask for.
    for (const owner of others) if (found.length === 0) found.push(...(await reachFaults(shown, owner)));
    return found;
  }

  before(() => {
    const queue = createQueue();
    for (const [index, mutation] of [...untouched, ...mutations].entries()) {
      const result = queue(() => tryOut(mutation, index));
      result.catch(() => undefined); // told by the test that awaits it
      runs.set(mutation, result);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const form of untouched)
    it(`find nothing to say of ${form.title}`, async () => assert.deepEqual(await runs.get(form), []));

  for (const mutation of mutations)
    it(`notice when ${mutation.title}`, async () => {
      const found = (await runs.get(mutation)) ?? [];
      assert.ok(found.length > 0);
    });
});

function loosen(title: string, file: string, [behind, from, to]: Edit): void {
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf(from, text.indexOf(behind));
  assert.ok(text.includes(behind) && start >= 0, `${title}: ${file} must hold ${from} behind ${behind}`);
  writeFileSync(file, text.slice(0, start) + to + text.slice(start + from.length));
}
