import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { useProject } from './project.ts';
import { endProcesses, startProcess, urlOf, type ServiceProcess } from './service-process.ts';

const index = (type: string): string => `import type { Router } from '${type}';
import type { Config } from '../config.ts';
import { probe } from './probe.ts';
export const routes: readonly ((config: Config) => Router)[] = [probe];
`;

/** For each framework, routes of every method, and one that fails. */
const probes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  koa: {
    'src/routes/index.ts': index('@koa/router'),
    'src/routes/probe.ts': `import { Router } from '@koa/router';
import { readJson } from '../json-body.ts';
export const probe = () => new Router()
  .all('/all', (ctx) => { ctx.body = 'all'; })
  .delete('/body', async (ctx) => { ctx.body = { body: await readJson(ctx.req, 100) }; })
  .get('/bigint', (ctx) => { ctx.body = { size: 1n }; })
  .use('/nested', new Router().get('/a', (ctx) => { ctx.body = 'a'; }).routes());
`,
  },
  express: {
    'src/routes/index.ts': index('express'),
    'src/routes/probe.ts': `import { Router } from 'express';
import { readJson } from '../json-body.ts';
export const probe = () => {
  const router = Router();
  router.all('/all', (_req, res) => { res.send('all'); });
  router.delete('/body', async (req, res) => { res.json({ body: await readJson(req, 100) }); });
  router.get('/bigint', (_req, res) => { res.json({ size: 1n }); });
  router.use('/nested', Router().get('/a', (_req, res) => { res.send('a'); }));
  return router;
};
`,
  },
};

const command = [process.execPath, 'src/local.ts'];

for (const [framework, files] of Object.entries(probes)) {
  describe(`a service with ${framework}`, () => {
    const folder = useProject({ framework }, files);
    let service: ServiceProcess;
    let url = '';
    before(async () => {
      service = startProcess(folder(), command, { STAGE: 'dev', CORS_ORIGINS: '*' });
      url = await urlOf(service);
    });
    after(endProcesses);

    it('refuses a target that is no URL, and logs it', async () => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET http://[::1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      const answer = await text(socket);
      assert.match(answer, /^HTTP\/1\.1 400 .*"message":"The target of the request is malformed\."/s);
      assert.match(answer, /^x-content-type-options: nosniff\r$/im);
      await service.see(/"path":"\/x","status":400/);
    }).timeout(10_000);

    it('answers a bigint in a body with 500, with the id of the request, and logs it', async () => {
      const answer = await fetch(`${url}/bigint`, { headers: { origin: 'https://a.example' } });
      assert.deepEqual([answer.status, await answer.json()], [500, { error: { status: 500, message: 'Internal Server Error' } }]);
      assert.equal(answer.headers.get('access-control-allow-origin'), 'https://a.example');
      const line = JSON.parse(await service.see(/"ERROR"/)) as Record<string, unknown>;
      assert.equal(line['requestId'], answer.headers.get('x-request-id'));
    }).timeout(10_000);

    it('answers a bigint in a body alike from Lambda', async () => {
      const event = {
        version: '2.0',
        routeKey: '$default',
        rawPath: '/bigint',
        rawQueryString: '',
        headers: { host: 'api.example.com' },
        requestContext: { http: { method: 'GET', path: '/bigint', sourceIp: '192.0.2.1' }, requestId: 'one', stage: '$default' },
        isBase64Encoded: false,
      };
      const code = `const { handler } = await import('./src/lambda.ts');
        const context = { awsRequestId: 'two', getRemainingTimeInMillis: () => 3000 };
        console.log(JSON.stringify(await handler(${JSON.stringify(event)}, context)));`;
      const env = { AWS_LAMBDA_FUNCTION_NAME: 'demo' };
      const { see } = startProcess(folder(), [process.execPath, '--input-type=module', '--eval', code], env);
      const line = JSON.parse(await see(/"ERROR"/)) as object;
      assert.partialDeepStrictEqual(line, { requestId: 'two', gatewayRequestId: 'one', service: 'demo', stage: 'local' });
      const answer = JSON.parse(await see(/statusCode/)) as { statusCode: number; body: string; headers: object };
      assert.deepEqual(
        [answer.statusCode, JSON.parse(answer.body)],
        [500, { error: { status: 500, message: 'Internal Server Error' } }],
      );
      const headers = new Headers(Object.entries(answer.headers));
      assert.deepEqual([headers.get('x-request-id'), headers.get('x-content-type-options')], ['two', 'nosniff']);
    }).timeout(10_000);

    const methods: [line: string, status: number, allow: string | null][] = [
      ['PUT /bigint', 405, 'GET, HEAD'],
      ['OPTIONS /bigint', 200, 'GET, HEAD'],
      ['POST /nested/a', 405, 'GET, HEAD'],
      ['HEAD /nested/a', 200, null],
      ['GET /nested/a', 200, null],
      ['GET /nested', 404, null],
      ['GET /body', 405, 'DELETE'],
      ['PATCH /all', 200, null],
    ];
    for (const [line, status, allow] of methods) {
      it(`answers ${line} with ${status}, and Allow ${allow ?? 'is not there'}`, async () => {
        const [method = '', path = ''] = line.split(' ');
        const answer = await fetch(`${url}${path}`, { method });
        const allowed = answer.headers.get('allow')?.split(', ').toSorted().join(', ') ?? null;
        assert.deepEqual([answer.status, allowed], [status, allow]);
      }).timeout(10_000);
    }

    it('reads the body of a DELETE', async () => {
      const init = { method: 'DELETE', body: '{"a":1}', headers: { 'content-type': 'application/json' } };
      assert.deepEqual(await (await fetch(`${url}/body`, init)).json(), { body: { a: 1 } });
    }).timeout(10_000);
  });
}
