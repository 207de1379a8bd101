import type { Line } from '../line.ts';

/** GraphQL, RPC and frameworks within the service. */
export const apis: readonly Line[] = [
  {
    name: 'graphql-yoga answers a query',
    packages: ['graphql', 'graphql-yoga'],
    framework: 'express',
    code: `
      import { Router } from 'express';
      import { createSchema, createYoga } from 'graphql-yoga';
      const schema = createSchema({ typeDefs: 'type Query { hello(name: String!): String }', resolvers: { Query: { hello: (_, { name }) => 'Hello, ' + name } } });
      const yoga = createYoga({ schema, logging: false });
      export function route() {
        return Router().use(yoga.graphqlEndpoint, yoga);
      }`,
    request: {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ hello(name: \\"Ada\\") }"}',
    },
    answer: { data: { hello: 'Hello, Ada' } },
  },
  {
    name: '@apollo/server executes an operation',
    packages: ['graphql', '@apollo/server'],
    code: `
      import { ApolloServer } from '@apollo/server';
      const server = new ApolloServer({ typeDefs: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'world' } } });
      export async function answer() {
        const { body } = await server.executeOperation({ query: '{ hello }' });
        return { ...body.singleResult.data };
      }`,
    answer: { hello: 'world' },
  },
  {
    name: '@trpc/server calls a procedure',
    packages: ['@trpc/server', 'zod'],
    code: `
      import { initTRPC } from '@trpc/server';
      import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
      import { z } from 'zod';
      const t = initTRPC.create();
      const router = t.router({ hello: t.procedure.input(z.string()).query(({ input }) => 'Hello, ' + input) });
      export async function answer() {
        const req = new Request('https://shop.example/trpc/hello?input=%22Ada%22');
        return (await fetchRequestHandler({ endpoint: '/trpc', req, router })).json();
      }`,
    answer: { result: { data: 'Hello, Ada' } },
  },
  {
    name: '@grpc/grpc-js serves a .proto file that lies beside its code',
    packages: ['@grpc/grpc-js', '@grpc/proto-loader'],
    files: {
      'src/greeter.proto': `syntax = "proto3"; import "google/protobuf/timestamp.proto";
        service Greeter { rpc Greet (Name) returns (Name); }
        message Name { string text = 1; google.protobuf.Timestamp at = 2; }`,
    },
    code: `
      import { fileURLToPath } from 'node:url';
      import grpc from '@grpc/grpc-js';
      import { loadSync } from '@grpc/proto-loader';
      const { Greeter } = grpc.loadPackageDefinition(loadSync(fileURLToPath(new URL('../greeter.proto', import.meta.url))));
      export async function answer() {
        const server = new grpc.Server();
        server.addService(Greeter.service, { Greet: ({ request }, reply) => reply(null, { text: 'Hello, ' + request.text }) });
        const port = await new Promise((resolve, reject) => server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, value) => (error ? reject(error) : resolve(value))));
        const greeter = new Greeter('127.0.0.1:' + port, grpc.credentials.createInsecure());
        const { text } = await new Promise((resolve, reject) => greeter.greet({ text: 'Ada' }, (error, value) => (error ? reject(error) : resolve(value))));
        greeter.close();
        server.forceShutdown();
        return { text };
      }`,
    answer: { text: 'Hello, Ada' },
  },
  {
    name: '@nestjs/core injects by class',
    packages: ['@nestjs/common', '@nestjs/core', '@nestjs/platform-express', 'reflect-metadata', 'rxjs'],
    framework: 'express',
    code: `
      import 'reflect-metadata';
      import { Injectable, Module } from '@nestjs/common';
      import { NestFactory } from '@nestjs/core';
      class Greeter { greet() { return 'Hello'; } }
      Injectable()(Greeter);
      class Users { constructor(greeter) { this.greeter = greeter; } }
      Injectable()(Users);
      Reflect.defineMetadata('design:paramtypes', [Greeter], Users);
      class App {}
      Module({ providers: [Greeter, Users] })(App);
      export async function answer() {
        const app = await NestFactory.createApplicationContext(App, { logger: false });
        return { greeting: app.get(Users).greeter.greet() };
      }`,
    answer: { greeting: 'Hello' },
  },
  {
    name: 'swagger-ui-express serves its own files',
    packages: ['swagger-ui-express'],
    framework: 'express',
    code: `
      import { Router } from 'express';
      import swaggerUi from 'swagger-ui-express';
      export function route() {
        return Router().use('/docs', swaggerUi.serve, swaggerUi.setup({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths: {} }));
      }`,
    request: { path: '/docs/swagger-ui.css' },
    answer: /^\.swagger-ui/,
  },
];
