import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';

import serverless from 'serverless-http';

import { renderProject } from '../../src/testing.ts';

type Call = { readonly apiGateway: { readonly event: Readonly<Record<string, unknown>>; readonly context: object } };

const headers = { 'X-MiXed': ['1'], Vary: ['a', 'b'], 'set-cookie': ['c=1', 'd=2'] };
const bytes = Buffer.from([0, 255, 128]);

/** Formats an answer as the emitted handler lets it. */
async function format(version: string, seen: (call: Call) => void = () => {}): Promise<object> {
  const relay = async (call: Call, response: ServerResponse) => {
    seen(call);
    await new Promise((resolve) => setTimeout(resolve, 5));
    response.statusCode = 418;
    response.getHeaders = () => ({ ...headers });
    response.end(bytes);
  };
  const frame = { version, httpMethod: 'GET', requestContext: { http: { method: 'GET' } }, own: 'mine' };
  return serverless(relay, { binary: true, requestId: '' })(frame, { awsRequestId: 'id' });
}

/** What the emitted src/lambda/handler.ts takes for granted, for whoever raises the version. */
describe('serverless-http', () => {
  it('is the version that this was tried with, in every project', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../node_modules/serverless-http/package.json', import.meta.url), 'utf8'),
    );
    const manifest = JSON.parse((await renderProject([]))['package.json'] ?? '');
    assert.equal(manifest.dependencies['serverless-http'], version);
  });

  it('hands the event on, with fields that it does not know', async () => {
    let given: Call | undefined;
    await format('2.0', (call) => (given = call));
    assert.deepEqual([given?.apiGateway.event['own'], given?.apiGateway.context], ['mine', { awsRequestId: 'id' }]);
  });

  it('waits for the response, and makes a result of payload 2.0 of it', async () => {
    assert.deepEqual(await format('2.0'), {
      statusCode: 418,
      headers: { 'X-MiXed': '1', Vary: 'a, b' },
      cookies: ['c=1', 'd=2'],
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    });
  });

  it('makes a result of payload 1.0 of it', async () => {
    assert.deepEqual(await format('1.0'), {
      statusCode: 418,
      headers: { 'X-MiXed': '1', Vary: 'a, b' },
      multiValueHeaders: headers,
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    });
  });
});
