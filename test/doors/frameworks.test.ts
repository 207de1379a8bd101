import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';

import Hapi from '@hapi/hapi';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

import { openLocalDoor, sendToLambda } from './doors.ts';
import { createHandlers, gateways, type Listener } from './gateways.ts';
import { observe } from './observation.ts';

interface Framework {
  readonly listener: Listener;
  readonly close?: () => unknown;
}

/** The same two routes in each framework, which is given to the door as the plain listener that it is. */
const frameworks: Readonly<Record<string, () => Promise<Framework>>> = {
  koa: async () => {
    const app = new Koa();
    app.use(async (ctx) => {
      const body = Buffer.concat(await ctx.req.toArray()).toString();
      ctx.set('X-Seen', `${ctx.method} ${ctx.ip} ${ctx.protocol}`);
      ctx.cookies.set('seen', '1', { secure: true });
      ctx.body = { path: ctx.path, query: { ...ctx.query }, body };
    });
    return { listener: app.callback() };
  },
  express: async () => {
    const app = express();
    app.use(express.text({ type: '*/*' }), (request, response) => {
      response.set('X-Seen', `${request.method} ${request.ip} ${request.protocol}`);
      response.cookie('seen', '1', { secure: true });
      response.json({ path: request.path, query: request.query, body: request.body ?? '' });
    });
    return { listener: app };
  },
  fastify: async () => {
    const app = fastify();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    app.all('/*', (request, reply) => {
      reply.header('X-Seen', `${request.method} ${request.ip} ${request.protocol}`).header('Set-Cookie', 'seen=1');
      return { path: request.url, query: request.query, body: request.body ?? '' };
    });
    await app.ready();
    return { listener: (request, response) => app.routing(request, response), close: () => app.close() };
  },
  hono: async () => {
    const app = new Hono();
    app.all('/*', async (context) => {
      context.header('X-Seen', context.req.method);
      context.header('Set-Cookie', 'seen=1');
      return context.json({ path: context.req.path, query: context.req.query(), body: await context.req.text() });
    });
    return { listener: getRequestListener(app.fetch) };
  },
  'hapi, which was not started': async () => {
    const server = Hapi.server();
    server.route({
      method: '*',
      path: '/{any*}',
      options: {},
      handler: (request, h) =>
        h
          .response({ path: request.path, query: request.query })
          .header('X-Seen', `${request.method} ${request.info.remoteAddress}`)
          .state('seen', '1'),
    });
    await server.initialize();
    const [listener] = server.listener.listeners('request');
    return { listener: listener as RequestListener, close: () => server.stop() };
  },
};

describe('a framework', () => {
  for (const [name, create] of Object.entries(frameworks))
    it(`answers alike at both doors: ${name}`, async () => {
      const { listener, close } = await create();
      const local = await openLocalDoor(listener);
      const handlers = createHandlers(listener);
      const headers = [['Host', 'api.example.com'] as const, ['Content-Type', 'text/plain'] as const];
      try {
        for (const [method, target, body] of [
          ['GET', '/a/b?c=1', ''],
          ['POST', '/a?c=1&d=x', 'héllo'],
          ['HEAD', '/a', ''],
          ['OPTIONS', '/a', ''],
        ] as const) {
          const sent = { method, target, headers, body: Buffer.from(body), chunked: false };
          const expected = observe(await local.send(sent));
          for (const gateway of gateways)
            assert.deepEqual(observe(await sendToLambda(gateway, handlers[gateway], sent)), expected, `${gateway} ${method}`);
        }
      } finally {
        local.close();
        await close?.();
      }
    });
});
