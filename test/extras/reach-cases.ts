import { listenerArn } from '../gateway-answers.ts';
import type { Request } from './policy.ts';
import { own, requestTags, resourceTags } from './reach.ts';

const ofService = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:123456789012:${name}`;
const ofApi = (path: string): string => `arn:aws:apigateway:eu-west-1::${path}`;
const ofTags = (path: string): string => ofApi(`/tags/${encodeURIComponent(ofApi(path)).replace('%2A', '*')}`);
const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
export const state = (key: string): string => `arn:aws:s3:::demo-tfstate-123456789012/${key}`;
export const ask = (action: string, resource: string, context: Request['context'] = {}): Request => ({
  action,
  resource,
  context,
});
/** Which a stage may name. */
export const webAcl = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/a1';
const scheduleRole = role(
  'aws-service-role/lambda.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency',
);
const ofBalancer = (path: string): string => ofService('elasticloadbalancing', path);
const callsJobsOf = (name: string): Request['context'] => ({
  'lambda:FunctionArn': ofService('lambda', `function:${name}-jobs`),
});
const mine = resourceTags(own);
const made = requestTags(own);
const madeBy = (action: string): Request['context'] => ({ ...made, 'elasticloadbalancing:CreateAction': action });

/** What a deploy of dev does, whatever the gateway; what is made is asked for as AWS does, under an asterisk. */
export const allowed: readonly Request[] = [
  ask('s3:PutObject', state('dev.tfstate')),
  ask('s3:DeleteObject', state('dev.tfstate.tflock')),
  ask('lambda:UpdateFunctionCode', ofService('lambda', 'function:demo-dev')),
  ask('lambda:UpdateAlias', ofService('lambda', 'function:demo-dev:live')),
  ask('lambda:InvokeFunction', ofService('lambda', 'function:demo-dev:7')),
  ask('iam:PutRolePolicy', role('demo-dev')),
  ask('iam:PassRole', role('demo-dev'), { 'iam:PassedToService': 'lambda.amazonaws.com' }),
  ask('logs:PutRetentionPolicy', ofService('logs', 'log-group:/demo/dev/function')),
  ask('cloudwatch:PutMetricAlarm', ofService('cloudwatch', 'alarm:demo-dev/errors')),
];

/** What a deploy does besides, by gateway, and with a domain. */
export const allowedOf: Readonly<Record<string, readonly Request[]>> = {
  http: [
    ask('apigateway:POST', ofApi('/apis'), made),
    ask('apigateway:TagResource', ofApi('/apis'), made),
    ask('apigateway:POST', ofTags('/v2/apis/*'), made),
    ask('apigateway:POST', ofApi('/apis/a1/stages'), mine),
    ask('apigateway:TagResource', ofApi('/apis/a1/stages'), made),
    ask('apigateway:PATCH', ofApi('/apis/a1/integrations/b2'), mine),
    ask('apigateway:DELETE', ofApi('/apis/a1'), mine),
    ask('apigateway:POST', ofTags('/apis/a1'), { 'aws:TagKeys': ['Team'] }),
  ],
  rest: [
    ask('apigateway:POST', ofApi('/restapis'), made),
    ask('apigateway:PUT', ofTags('/restapis/*'), made),
    ask('apigateway:POST', ofApi('/restapis/a1/deployments'), mine),
    ask('apigateway:PUT', ofApi('/restapis/a1/resources/b2/methods/ANY'), mine),
    ask('apigateway:DELETE', ofApi('/restapis/a1'), mine),
    ask('logs:PutRetentionPolicy', ofService('logs', 'log-group:API-Gateway-Execution-Logs_a1/demo-dev')),
    ask('apigateway:UpdateRestApiPolicy', ofApi('/restapis/a1'), mine),
    ask('apigateway:SetWebACL', ofApi('/restapis/a1/stages/demo-dev'), mine),
    ask('wafv2:AssociateWebACL', ofApi('/restapis/a1/stages/demo-dev')),
    ask('wafv2:AssociateWebACL', webAcl),
  ],
  url: [
    ask('cloudfront:CreateDistribution', 'arn:aws:cloudfront::123456789012:distribution/*', made),
    ask('cloudfront:TagResource', 'arn:aws:cloudfront::123456789012:distribution/*', made),
    ask('cloudfront:UpdateDistribution', 'arn:aws:cloudfront::123456789012:distribution/E1', mine),
    ask('logs:CreateDelivery', 'arn:aws:logs:us-east-1:123456789012:delivery-source:demo-dev', made),
    ask('logs:DeleteDelivery', 'arn:aws:logs:us-east-1:123456789012:delivery:a1', mine),
    ask('lambda:CreateFunctionUrlConfig', ofService('lambda', 'function:demo-dev:live')),
  ],
  alb: [
    ask('elasticloadbalancing:CreateTargetGroup', ofBalancer('targetgroup/demo-dev/*'), made),
    ask('elasticloadbalancing:CreateRule', listenerArn, made),
    ask('elasticloadbalancing:AddTags', ofBalancer('targetgroup/demo-dev/*'), madeBy('CreateTargetGroup')),
    ask('elasticloadbalancing:AddTags', ofBalancer('listener-rule/app/shared/a1/b2/*'), madeBy('CreateRule')),
    ask('elasticloadbalancing:RegisterTargets', ofBalancer('targetgroup/demo-dev/a1'), mine),
    ask('elasticloadbalancing:DeleteTargetGroup', ofBalancer('targetgroup/demo-dev/a1'), mine),
    ask('elasticloadbalancing:ModifyRule', ofBalancer('listener-rule/app/shared/a1/b2/c3'), mine),
    ask('elasticloadbalancing:DeleteRule', ofBalancer('listener-rule/app/shared/a1/b2/c3'), mine),
  ],
  'alb domain': [ask('elasticloadbalancing:AddListenerCertificates', listenerArn)],
  jobs: [
    ask('lambda:UpdateFunctionCode', ofService('lambda', 'function:demo-dev-jobs')),
    ask('lambda:UpdateAlias', ofService('lambda', 'function:demo-dev-jobs:live')),
    ask('lambda:CreateEventSourceMapping', '*', { ...made, ...callsJobsOf('demo-dev') }),
    ask('lambda:TagResource', ofService('lambda', 'event-source-mapping:*'), made),
    ask('lambda:UpdateEventSourceMapping', ofService('lambda', 'event-source-mapping:a1'), callsJobsOf('demo-dev')),
    ask('sqs:CreateQueue', ofService('sqs', 'demo-dev-jobs'), made),
    ask('sqs:SetQueueAttributes', ofService('sqs', 'demo-dev-jobs-dead')),
    ask('scheduler:CreateScheduleGroup', ofService('scheduler', 'schedule-group/demo-dev')),
    ask('scheduler:TagResource', ofService('scheduler', 'schedule-group/demo-dev')),
    ask('scheduler:CreateSchedule', ofService('scheduler', 'schedule/demo-dev/breakfast')),
    ask('iam:CreateRole', role('demo-dev-scheduler')),
    ask('iam:PassRole', role('demo-dev-scheduler'), { 'iam:PassedToService': 'scheduler.amazonaws.com' }),
  ],
  provisioned: [
    ask('lambda:PutProvisionedConcurrencyConfig', ofService('lambda', 'function:demo-dev:live')),
    ask('application-autoscaling:RegisterScalableTarget', ofService('application-autoscaling', 'scalable-target/*'), made),
    ask('application-autoscaling:PutScheduledAction', ofService('application-autoscaling', 'scalable-target/a1'), mine),
    ask('iam:CreateServiceLinkedRole', scheduleRole, { 'iam:AWSServiceName': 'lambda.application-autoscaling.amazonaws.com' }),
  ],
  domain: [
    ask('acm:RequestCertificate', ofService('acm', 'certificate/*'), made),
    ask('acm:DeleteCertificate', ofService('acm', 'certificate/a1'), mine),
  ],
};

/** What it must not be able to do, to itself, and to what it has no business with. */
export const refused: readonly Request[] = [
  ...['prod.tfstate', 'dev2.tfstate', 'bootstrap.tfstate'].flatMap((key) =>
    ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].map((action) => ask(action, state(key))),
  ),
  ask('s3:DeleteObject', state('dev.tfstate')),
  ...['github/demo-deploy-dev', 'github/demo-plan', 'admin'].flatMap((name) =>
    ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'].map((action) => ask(action, role(name))),
  ),
  ask('iam:CreatePolicyVersion', 'arn:aws:iam::123456789012:policy/github/demo-deploy-dev-read'),
  ask('iam:DeleteRolePermissionsBoundary', role('demo-dev')),
  ask('iam:PassRole', role('demo-dev'), { 'iam:PassedToService': 'ec2.amazonaws.com' }),
  ask('iam:CreateServiceLinkedRole', scheduleRole, { 'iam:AWSServiceName': 'organizations.amazonaws.com' }),
  ask('iam:PassRole', role('demo-dev'), { 'iam:PassedToService': 'scheduler.amazonaws.com' }),
  ask('iam:PassRole', role('demo-dev-scheduler'), { 'iam:PassedToService': 'lambda.amazonaws.com' }),
  ask('lambda:CreateEventSourceMapping', '*', { ...made, ...callsJobsOf('demo-prod') }),
  ask('lambda:DeleteEventSourceMapping', ofService('lambda', 'event-source-mapping:a1'), callsJobsOf('demo-prod')),
  ask('lambda:UntagResource', ofService('lambda', 'event-source-mapping:a1'), resourceTags({ project: 'demo', stage: 'prod' })),
  ask('iam:CreateUser', 'arn:aws:iam::123456789012:user/demo-dev'),
  ask('sts:AssumeRole', role('demo-dev')),
  // To make something without saying whose it is, or as another stage's.
  ...[{}, requestTags({ project: 'demo', stage: 'prod' })].flatMap((tags) => [
    ask('apigateway:POST', ofApi('/apis'), tags),
    ask('apigateway:POST', ofApi('/restapis'), tags),
    ask('apigateway:POST', ofApi('/domainnames'), tags),
    ask('acm:RequestCertificate', ofService('acm', 'certificate/*'), tags),
    ask('application-autoscaling:RegisterScalableTarget', ofService('application-autoscaling', 'scalable-target/*'), tags),
    ask('cloudfront:CreateDistribution', 'arn:aws:cloudfront::123456789012:distribution/*', tags),
    ask('elasticloadbalancing:CreateTargetGroup', ofBalancer('targetgroup/demo-dev/*'), tags),
    ask('elasticloadbalancing:CreateRule', listenerArn, tags),
  ]),
  // To say afterwards that something is one's own, or that it is nobody's.
  ...['/apis/a1', '/restapis/a1', '/apis/a1/stages/$default', '/domainnames/demo-prod.shop.org'].flatMap((path) => [
    ask('apigateway:POST', ofTags(path), made),
    ask('apigateway:PUT', ofTags(path), made),
    ask('apigateway:DELETE', ofTags(path), { 'aws:TagKeys': ['Stage'] }),
    ask('apigateway:DELETE', ofTags(path)),
  ]),
  ask('apigateway:SetWebACL', ofApi('/restapis/a1/stages/other-dev'), resourceTags({ project: 'other', stage: 'dev' })),
  ask('apigateway:UpdateRestApiPolicy', ofApi('/restapis/a1'), resourceTags({ project: 'demo', stage: 'prod' })),
  ask('wafv2:AssociateWebACL', webAcl.replace('shop', 'other')),
  ask('wafv2:UpdateWebACL', webAcl),
  ask('acm:AddTagsToCertificate', ofService('acm', 'certificate/a1'), made),
  ask('cloudfront:TagResource', 'arn:aws:cloudfront::123456789012:distribution/E1', made),
  ask('logs:TagResource', 'arn:aws:logs:us-east-1:123456789012:delivery:a1', made),
  ask('elasticloadbalancing:AddTags', ofBalancer('targetgroup/demo-dev/a1'), made),
  ask('elasticloadbalancing:AddTags', ofBalancer('listener-rule/app/shared/a1/b2/c3'), made),
  // To take the load balancer in hand, or to add to another one.
  ask('elasticloadbalancing:CreateRule', listenerArn.replace('shared', 'other'), made),
  ask('elasticloadbalancing:AddListenerCertificates', listenerArn.replace('shared', 'other'), mine),
  ...['ModifyListener', 'DeleteListener', 'AddTags'].map((action) => ask(`elasticloadbalancing:${action}`, listenerArn, made)),
  ...['DeleteLoadBalancer', 'SetSecurityGroups', 'SetWebAcl', 'ModifyLoadBalancerAttributes'].map((action) =>
    ask(`elasticloadbalancing:${action}`, ofBalancer('loadbalancer/app/shared/a1'), made),
  ),
];

/**
 * What can be done to what is not one's own, but for what AWS refuses besides: CloudFront deletes no access control that is in
 * use, which has neither name nor tags.
 */
export const nameless = ['cloudfront:DeleteOriginAccessControl'];

/** Changes of DNS records, as Route 53 compares them. */
export function askRecords(zone: string, name: string, type: string): Request {
  return ask('route53:ChangeResourceRecordSets', zone, {
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': [name],
    'route53:ChangeResourceRecordSetsRecordTypes': [type],
  });
}
