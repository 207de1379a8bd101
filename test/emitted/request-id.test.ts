import assert from 'node:assert/strict';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

interface RequestIds {
  readonly requestId: string;
  readonly traceId: string | undefined;
}

// By its address, since the types of its neighbours are those of an emitted project.
const requestLogUrl = new URL('../../templates/service/files/src/middleware/request-log.ts', import.meta.url).href;
const { identifyRequest } = (await import(requestLogUrl)) as { identifyRequest: (request: IncomingMessage) => RequestIds };

const root = '1-67891233-abcdef012345678912345678';
const trace = `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`;

function requestOf(headers: Readonly<Record<string, string>>, event?: unknown): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return event === undefined ? request : Object.assign(request, { lambda: { event, context: { awsRequestId: 'lambda-1' } } });
}

describe('the ids of a request', () => {
  const gateway = { requestContext: { requestId: 'gateway-1' } };
  const cases: [title: string, request: IncomingMessage, expected: object][] = [
    ['are those of AWS', requestOf({}, gateway), { requestId: 'lambda-1', gatewayRequestId: 'gateway-1' }],
    ['are without a gateway', requestOf({}, {}), { requestId: 'lambda-1', gatewayRequestId: undefined }],
    ['stand an event that is null', requestOf({}, null), { requestId: 'lambda-1', gatewayRequestId: undefined }],
    [
      "keep the client's apart from Lambda's",
      requestOf({ 'x-request-id': 'a/1' }, {}),
      { requestId: 'lambda-1', clientRequestId: 'a/1' },
    ],
    ['have none that could forge a line', requestOf({ 'x-request-id': 'a"}\n{"b' }), { clientRequestId: undefined }],
    ['have none without end', requestOf({ 'x-request-id': 'a'.repeat(129) }), { clientRequestId: undefined }],
    ['have the trace that the gateway began', requestOf({ 'x-amzn-trace-id': trace }), { traceId: root }],
    ['have no trace without one', requestOf({}), { traceId: undefined }],
    ['have no trace that is none', requestOf({ 'x-amzn-trace-id': 'Root=1' }), { traceId: undefined }],
  ];
  for (const [title, request, expected] of cases)
    it(title, () => assert.partialDeepStrictEqual(identifyRequest(request), expected));

  it('are random elsewhere', () => {
    assert.match(identifyRequest(requestOf({})).requestId, /^[\da-f-]{36}$/);
  });

  it('have the trace of the invocation before that of a header', () => {
    process.env['_X_AMZN_TRACE_ID'] = trace;
    const { traceId } = identifyRequest(requestOf({ 'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000000' }));
    delete process.env['_X_AMZN_TRACE_ID'];
    assert.equal(traceId, root);
  });
});
