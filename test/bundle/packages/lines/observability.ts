import type { Line } from '../line.ts';

/** Loggers, tracing, metrics and error trackers. */
export const observability: readonly Line[] = [
  {
    name: 'pino logs',
    packages: ['pino'],
    code: `
      import pino from 'pino';
      export function answer() {
        const lines = [];
        const log = pino({ base: { service: 'shop' }, timestamp: false }, { write: (line) => lines.push(line) });
        log.child({ user: 'Ada' }).warn({ err: new TypeError('no') }, 'failed');
        const { level, service, user, msg, err } = JSON.parse(lines[0]);
        return { level, service, user, msg, type: err.type };
      }`,
    answer: { level: 40, service: 'shop', user: 'Ada', msg: 'failed', type: 'TypeError' },
  },
  {
    name: 'pino with transports, which run in workers',
    packages: ['pino', 'pino-pretty'],
    code: `
      import { mkdtempSync, readFileSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      import { once } from 'node:events';
      import pino from 'pino';
      async function log(target, options) {
        const destination = mkdtempSync(tmpdir() + '/log-') + '/lines';
        const transport = pino.transport({ target, options: { ...options, destination } });
        await once(transport, 'ready');
        pino({ base: null, timestamp: false }, transport).info('said');
        const ended = once(transport, 'close');
        transport.end();
        await ended;
        return readFileSync(destination, 'utf8').trim();
      }
      export const answer = async () => ({ file: await log('pino/file', {}), pretty: await log('pino-pretty', { colorize: false }) });`,
    answer: { file: '{"level":30,"msg":"said"}', pretty: 'INFO: said' },
    runtime: 'asked',
  },
  {
    name: 'winston logs to a stream',
    packages: ['winston'],
    code: `
      import { PassThrough } from 'node:stream';
      import winston from 'winston';
      export async function answer() {
        const stream = new PassThrough();
        const log = winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Stream({ stream }), new winston.transports.Console({ silent: true })] });
        log.info('said', { user: 'Ada' });
        return JSON.parse(await new Promise((resolve) => stream.once('data', (line) => resolve(String(line)))));
      }`,
    answer: { level: 'info', message: 'said', user: 'Ada' },
  },
  {
    name: 'bunyan, with optional native parts, logs',
    packages: ['bunyan'],
    code: `
      import bunyan from 'bunyan';
      export function answer() {
        const ring = new bunyan.RingBuffer({ limit: 1 });
        bunyan.createLogger({ name: 'shop', streams: [{ type: 'raw', stream: ring }] }).warn({ user: 'Ada' }, 'said');
        const [{ name, level, user, msg }] = ring.records;
        return { name, level, user, msg };
      }`,
    answer: { name: 'shop', level: 40, user: 'Ada', msg: 'said' },
  },
  {
    name: 'log4js loads its appenders by name',
    packages: ['log4js'],
    code: `
      import log4js from 'log4js';
      export function answer() {
        log4js.configure({ appenders: { out: { type: 'recording' } }, categories: { default: { appenders: ['out'], level: 'info' } } });
        log4js.getLogger('shop').info('said');
        const [{ categoryName, data }] = log4js.recording().replay();
        return { categoryName, data };
      }`,
    answer: { categoryName: 'shop', data: ['said'] },
  },
  {
    name: 'prom-client writes metrics',
    packages: ['prom-client'],
    code: `
      import { Counter, Registry } from 'prom-client';
      export async function answer() {
        const registers = [new Registry()];
        new Counter({ name: 'orders_total', help: 'Orders', registers }).inc(2);
        return registers[0].metrics();
      }`,
    answer: '# HELP orders_total Orders\n# TYPE orders_total counter\norders_total 2\n',
  },
  {
    name: '@opentelemetry/sdk-node ends spans',
    packages: ['@opentelemetry/api', '@opentelemetry/sdk-node'],
    code: `
      import { trace } from '@opentelemetry/api';
      import { NodeSDK, tracing } from '@opentelemetry/sdk-node';
      const exporter = new tracing.InMemorySpanExporter();
      const processor = new tracing.SimpleSpanProcessor(exporter);
      const sdk = new NodeSDK({ serviceName: 'shop', spanProcessors: [processor], instrumentations: [] });
      sdk.start();
      export async function answer() {
        exporter.reset();
        trace.getTracer('shop').startActiveSpan('order', (span) => span.setAttribute('user', 'Ada').end());
        await processor.forceFlush();
        const [{ name, attributes, resource }] = exporter.getFinishedSpans();
        return { name, user: attributes.user, service: resource.attributes['service.name'] };
      }`,
    answer: { name: 'order', user: 'Ada', service: 'shop' },
  },
  {
    name: "a layer of OpenTelemetry wraps the bundle's handler",
    packages: [],
    code: `export const answer = () => 'plain';`,
    answer: 'plain',
    layer: {
      packages: ['@opentelemetry/sdk-node', '@opentelemetry/instrumentation-aws-lambda'],
      program: `
        const { NodeSDK, tracing } = require('@opentelemetry/sdk-node');
        const { AwsLambdaInstrumentation } = require('@opentelemetry/instrumentation-aws-lambda');
        const exporter = new tracing.InMemorySpanExporter();
        const responseHook = (span, { res }) => { res.isBase64Encoded = false; res.body = 'span ' + span.name; };
        new NodeSDK({ spanProcessors: [new tracing.SimpleSpanProcessor(exporter)], instrumentations: [new AwsLambdaInstrumentation({ responseHook })] }).start();`,
      answer: 'span test',
    },
  },
  {
    name: 'a layer replaces the handler by defineProperty',
    packages: [],
    code: `export const answer = () => 'plain';`,
    answer: 'plain',
    layer: {
      packages: [],
      program: `
        const Module = require('node:module');
        const load = Module._load;
        Module._load = function (request, ...rest) {
          const loaded = load.call(this, request, ...rest);
          if (!/lambda\\.js$/.test(request)) return loaded;
          const original = loaded.handler;
          Object.defineProperty(loaded, 'handler', { configurable: true, enumerable: true, writable: true, value: async (event, context) => ({ ...await original(event, context), isBase64Encoded: false, body: 'wrapped' }) });
          return loaded;
        };`,
      answer: 'wrapped',
    },
  },
  {
    name: '@sentry/aws-serverless wraps the handler',
    packages: ['@sentry/aws-serverless', '@opentelemetry/instrumentation'],
    files: {
      'src/lambda.ts': `
        import * as Sentry from '@sentry/aws-serverless';
        import { createListener } from './app.ts';
        import { loadConfig } from './config.ts';
        import { createHandler } from './lambda/handler.ts';
        const config = loadConfig(process.env);
        Sentry.init({ dsn: 'https://key@127.0.0.1/1', transport: () => ({ send: async () => ({}), flush: async () => true }), tracesSampleRate: 1 });
        export const handler = Sentry.wrapHandler(createHandler(createListener(config), { basePath: config.basePath }));`,
    },
    code: `
      import * as Sentry from '@sentry/aws-serverless';
      export function answer() {
        const id = Sentry.captureException(new TypeError('no'));
        return { id: id.length, platform: typeof Sentry.getCurrentScope };
      }`,
    answer: { id: 32, platform: 'function' },
  },
];
