import { fileURLToPath } from 'node:url';

import express, { type Request, type Response } from 'express';

import type { Listener } from '../gateways.ts';
import { echo } from '../echo.ts';
import { findScenario, traceOf } from '../mount.ts';
import type { Scenarios } from './scenario.ts';

type ExpressScenario = (request: Request, response: Response, trace: (text: string) => void) => unknown;

const file = fileURLToPath(new URL('../fixtures/rest.json', import.meta.url));

/** Answers in Express's own words. */
export const expressScenarios: Readonly<Record<string, ExpressScenario>> = {
  'express send string': (_request, response) => response.send('héllo'),
  'express send buffer': (_request, response) => response.send(Buffer.from([0, 255, 128])),
  'express send object': (_request, response) => response.send({ a: 1 }),
  'express send empty': (_request, response) => response.send(),
  'express json': (_request, response) => response.status(201).json({ a: ['é'] }),
  'express jsonp': (_request, response) => response.jsonp({ a: 1 }),
  'express sendStatus': (_request, response) => response.sendStatus(404),
  'express status 204': (_request, response) => response.status(204).end(),
  'express redirect': (_request, response) => response.redirect(301, '/elsewhere?a=é'),
  'express cookies': (_request, response) => response.cookie('one', '1').cookie('two', 'x y', { httpOnly: true }).send('x'),
  'express clearCookie': (_request, response) => response.clearCookie('one').send('x'),
  'express append': (_request, response) => response.append('Link', '<a>').append('Link', '<b>').vary('accept').send('x'),
  'express format': (_request, response) =>
    response.format({ json: () => response.json({ a: 1 }), html: () => response.send('<p>') }),
  'express attachment': (_request, response) => response.attachment('häßlich.pdf').send('x'),
  'express sendFile': (_request, response) => response.sendFile(file, { lastModified: false }),
  'express sendFile missing': (_request, response, trace) =>
    response.sendFile('/nowhere/at/all', (error) => {
      trace(String(error !== undefined));
      response.sendStatus(404);
    }),
  'express type': (_request, response) => response.type('svg').send('<svg/>'),
  'express set': (_request, response) => response.set({ 'X-One': '1', 'X-Two': '2' }).send('x'),
  'express links': (_request, response) => response.links({ next: '/a', last: '/b' }).send('x'),
  'express location': (_request, response) => response.location('/a b').status(201).end(),
  'express write': (_request, response) => {
    response.write('a');
    response.end('b');
  },
  'express throws': () => {
    throw Object.assign(new Error('boom'), { status: 418, headers: { 'x-reason': 'none' }, stack: 'no stack' });
  },
  'express rejects': async () => Promise.reject(Object.assign(new Error('boom'), { stack: 'no stack' })),
  'express throws after the head': (_request, response) => {
    response.write('part');
    throw Object.assign(new Error('boom'), { stack: 'no stack' });
  },
  'express request': (request, response) => {
    const { ip, ips, protocol, secure, hostname, host, originalUrl, baseUrl, path, query, subdomains, xhr } = request;
    response.json({ ip, ips, protocol, secure, hostname, host, originalUrl, baseUrl, path, query, subdomains, xhr });
  },
  'express fresh': (request, response) => response.set('ETag', '"tag"').send(String(request.fresh)),
  'express parsed body': (request, response) => {
    const { body } = request as { body: unknown };
    response.json({ body: Buffer.isBuffer(body) ? body.toString('base64') : (body ?? null), has: body !== undefined });
  },
  'express accepts': (request, response) =>
    response.json([request.accepts(['json', 'html']), request.is('json'), request.get('host')]),
  'express range': (request, response) => response.json(request.range(100) ?? null),
  'express finish': (_request, response, trace) => {
    response.on('finish', () => trace(`finish ${response.statusCode} ${String(response.get('content-length'))}`));
    response.on('close', () => trace('close'));
    response.send('x');
  },
};

/** An Express app with the usual parsers; raw scenarios run below it as well. */
export function createExpressListener(scenarios: Scenarios): Listener {
  const app = express();
  // Without a stack in the answer to an error.
  app.set('env', 'production');
  app.use((request, response, next) => {
    const raw = findScenario(scenarios, request.url);
    if (raw === undefined) next();
    else void raw(request, response, traceOf(request));
  });
  app.use('/mounted', (request, response) => void response.json([request.baseUrl, request.url, request.originalUrl]));
  app.get('/routed/:name', (request, response) => void response.json(request.params));
  const limit = 1024;
  app.use(
    '/express-parsed-body',
    express.json({ limit }),
    express.urlencoded({ limit, extended: true }),
    express.text({ limit }),
    express.raw({ limit }),
  );
  app.use((request, response) => {
    const scenario = expressScenarios[request.path.slice(1).replaceAll('-', ' ')];
    if (scenario !== undefined) return scenario(request, response, traceOf(request));
    return echo(request, response, {
      ip: request.ip,
      protocol: request.protocol,
      hostname: request.hostname,
    });
  });
  return app;
}
