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

/** For each framework, a route that tells what it knows of the client, and others that fail. */
const probes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  koa: {
    'src/routes/index.ts': index('@koa/router'),
    'src/routes/probe.ts': `import { Router } from '@koa/router';
import { readJson } from '../json-body.ts';
export const probe = () => new Router()
  .all('/client', (ctx) => {
    if (ctx.secure) ctx.cookies.set('a', 'b', { secure: true });
    ctx.body = { ip: ctx.ip, protocol: ctx.protocol, host: ctx.host };
  })
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
  router.all('/client', (req, res) => {
    if (req.secure) res.cookie('a', 'b', { path: '/', secure: true, httpOnly: true });
    res.json({ ip: req.ip, protocol: req.protocol, host: req.host });
  });
  router.delete('/body', async (req, res) => { res.json({ body: await readJson(req, 100) }); });
  router.get('/bigint', (_req, res) => { res.json({ size: 1n }); });
  router.use('/nested', Router().get('/a', (_req, res) => { res.send('a'); }));
  return router;
};
`,
  },
};

const command = [process.execPath, 'src/local.ts'];

const forwarded = { 'x-forwarded-for': '9.9.9.9, 1.1.1.1', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'forged.example' };

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

    const clients: [proxies: string, ip: string, protocol: string, cookie: string | null][] = [
      ['', '127.0.0.1', 'http', null],
      ['1', '1.1.1.1', 'https', 'a=b; path=/; secure; httponly'],
      ['127.0.0.0/8,1.1.1.0/24', '9.9.9.9', 'https', 'a=b; path=/; secure; httponly'],
      ['10.0.0.0/8', '127.0.0.1', 'http', null],
    ];
    for (const [proxies, ip, protocol, cookie] of clients) {
      it(`calls the client ${ip} by ${protocol} with TRUSTED_PROXIES=${proxies}`, async () => {
        const trusting = await urlOf(startProcess(folder(), command, { TRUSTED_PROXIES: proxies }));
        const answer = await fetch(`${trusting}/client`, { headers: forwarded });
        assert.deepEqual(await answer.json(), { ip, protocol, host: new URL(trusting).host });
        const set = answer.headers.get('set-cookie')?.toLowerCase().split('; ').toSorted() ?? null;
        assert.deepEqual(set, cookie?.split('; ').toSorted() ?? null);
      }).timeout(10_000);
    }

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
      assert.partialDeepStrictEqual(answer.headers, { 'x-request-id': 'two', 'x-content-type-options': 'nosniff' });
    }).timeout(10_000);

    const methods: [line: string, status: number, allow: string | null][] = [
      ['PUT /bigint', 405, 'GET, HEAD'],
      ['OPTIONS /bigint', 200, 'GET, HEAD'],
      ['POST /nested/a', 405, 'GET, HEAD'],
      ['HEAD /nested/a', 200, null],
      ['GET /nested/a', 200, null],
      ['GET /nested', 404, null],
      ['GET /body', 405, 'DELETE'],
      ['PATCH /client', 200, null],
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
