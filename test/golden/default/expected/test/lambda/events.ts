import type { Context } from 'aws-lambda';

export const elb = { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/0' };

export function contextOf(limitMs = 5000): Context {
  return { awsRequestId: 'test', getRemainingTimeInMillis: () => limitMs } as Context;
}

/** An event of payload 2.0, with what a test says otherwise. */
export function eventOf(rawPath: string, context: object = {}, more: object = {}): object {
  const http = { method: 'GET', path: rawPath, sourceIp: '203.0.113.7' };
  const requestContext = {
    http,
    stage: '$default',
    domainName: 'x.execute-api.eu-west-1.amazonaws.com',
    ...context,
  };
  return {
    version: '2.0',
    rawPath,
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext,
    ...more,
  };
}

/** An event of a REST API, or of a load balancer. */
export function oldEventOf(path: string, context: object = {}, more: object = {}): object {
  const requestContext = { identity: { sourceIp: '203.0.113.7' }, ...context };
  return { httpMethod: 'GET', path, headers: {}, body: null, requestContext, ...more };
}
