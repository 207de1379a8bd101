import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';

import { createHandler } from '../../src/lambda/handler.ts';
import { contextOf, elb, eventOf, oldEventOf } from './events.ts';

const answerUrl: RequestListener = (request, response) => response.end(request.url);

describe('the target of a request', () => {
  const paths: [title: string, event: object, basePath: string, url: string][] = [
    ['leaves a path alone', eventOf('/orders'), '', '/orders'],
    ['encodes again what HTTP APIs decode', eventOf('/a b/100%/ü?#'), '', '/a%20b/100%25/%C3%BC%3F%23'],
    [
      'keeps a function URL encoded',
      eventOf('/a%2Fb', { domainName: 'x.lambda-url.eu-west-1.on.aws' }),
      '',
      '/a%2Fb',
    ],
    ['takes the base path off', eventOf('/api/orders'), '/api', '/orders'],
    ['takes the base path off its root', eventOf('/api'), 'api/', '/'],
    ['leaves half a segment on', eventOf('/apiary'), '/api', '/apiary'],
    ['takes a named stage off', eventOf('/dev/orders', { stage: 'dev' }), '', '/orders'],
    ['takes the base path and the stage off', oldEventOf('/api/dev/x', { stage: 'dev' }), '/api', '/x'],
    [
      'leaves what a REST API took off',
      oldEventOf('/dev/x', { stage: 'dev', path: '/dev/dev/x' }),
      '',
      '/dev/x',
    ],
    ['knows no event without a path', oldEventOf('/', {}, { path: undefined }), '', '/'],
    [
      'writes the query of a REST API',
      oldEventOf('/', {}, { multiValueQueryStringParameters: { 'a b': ['1&2', 'ü'], c: [''] } }),
      '',
      '/?a%20b=1%262&a%20b=%C3%BC&c=',
    ],
    [
      'leaves the query of a load balancer alone',
      oldEventOf('/', { elb }, { queryStringParameters: { 'a%20b': '1+2' } }),
      '',
      '/?a%20b=1+2',
    ],
  ];
  for (const [title, event, basePath, url] of paths)
    it(title, async () => {
      const { body } = await createHandler(answerUrl, { basePath })(event, contextOf());
      assert.equal(body, url);
    });
});
