import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import { identifyRequest } from '../src/request-id.ts';

function requestOf(id?: string, lambda?: { event: unknown }): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  if (id !== undefined) request.headers['x-request-id'] = id;
  // Only the id of the context is read.
  const context = { awsRequestId: 'lambda-1' } as NonNullable<IncomingMessage['lambda']>['context'];
  if (lambda !== undefined) request.lambda = { ...lambda, context };
  return request;
}

describe('request id', () => {
  const gateway = { event: { requestContext: { requestId: 'gateway-1' } } };
  const cases: [title: string, request: IncomingMessage, id: string | RegExp][] = [
    ["is the client's", requestOf('client-1', gateway), 'client-1'],
    ["is API Gateway's when the client sends none", requestOf(undefined, gateway), 'gateway-1'],
    ["is Lambda's when the front end gives none", requestOf(undefined, { event: {} }), 'lambda-1'],
    ["is Lambda's when the event is no object", requestOf(undefined, { event: null }), 'lambda-1'],
    ['is random elsewhere', requestOf(), /^[\da-f-]{36}$/],
    ['is not one that could forge a log line', requestOf('a"}\n{"level":"'), /^[\da-f-]{36}$/],
    ['is not one without end', requestOf('a'.repeat(129)), /^[\da-f-]{36}$/],
  ];
  for (const [title, request, id] of cases)
    it(title, () => {
      const { requestId } = identifyRequest(request);
      if (typeof id === 'string') assert.equal(requestId, id);
      else assert.match(requestId, id);
    });

  it('comes with the ids to find in the logs of AWS', () => {
    assert.deepEqual(identifyRequest(requestOf('client-1', gateway)), {
      requestId: 'client-1',
      gatewayRequestId: 'gateway-1',
      lambdaRequestId: 'lambda-1',
    });
  });
});
