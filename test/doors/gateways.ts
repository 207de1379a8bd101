import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Context } from 'aws-lambda';

import { renderProject } from '../../src/testing.ts';
import { gatewayAnswers } from '../gateway-answers.ts';
import { writeTree } from '../temp-folder.ts';
import type { Got } from './client.ts';

export const gateways = ['http', 'rest', 'url', 'alb'] as const;
export type Gateway = (typeof gateways)[number];

declare module 'http' {
  interface IncomingMessage {
    lambda?: { readonly event: unknown; readonly context: Context };
  }
}

export type Listener = (...parameters: Parameters<RequestListener>) => unknown;

/** A result of payload 1.0 or 2.0, or of a load balancer, which has its headers in lists alone. */
export interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

export type Handler = (event: unknown, context: Context) => Promise<Result>;

/** What a project emits for its gateway: the handler of the function, and the emulation of what calls it. */
export interface GatewayModules {
  readonly createHandler: (listener: Listener) => Handler;
  /** The same, with all that the service puts before its app; what it logs is added to the lines. */
  readonly createService: (listener: Listener, lines: Record<string, unknown>[]) => Handler;
  readonly createEvent: (request: {
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: Buffer;
    readonly address: string;
  }) => object;
  readonly formatReply: (result: unknown) => Got;
  readonly folder: string;
}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const parent = mkdtempSync(join(tmpdir(), 'tsflask-gateways-'));
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));

/** By gateway, the modules of a project that was emitted for it. */
export const emitted: Readonly<Record<Gateway, GatewayModules>> = {
  http: await emit('http'),
  rest: await emit('rest'),
  url: await emit('url'),
  alb: await emit('alb'),
};

/** Emits a project for doors to be taken from. @returns its folder, and what loads a module of it */
export async function emitDoors(gateway: Gateway, extras: readonly string[] = []) {
  const folder = join(parent, [gateway, ...extras].join('-'));
  writeTree(folder, await renderProject([], { ...gatewayAnswers(gateway), with: extras }));
  symlinkSync(modules, join(folder, 'node_modules'));
  return { folder, load: (path: string) => import(pathToFileURL(join(folder, path)).href) };
}

async function emit(gateway: Gateway): Promise<GatewayModules> {
  const { folder, load } = await emitDoors(gateway);
  const { createHandler } = await load('src/lambda/handler.ts');
  const { createPipeline } = await load('src/pipeline.ts');
  const { loadConfig } = await load('src/config.ts');
  const { createLogger } = await load('src/log.ts');
  const { createEvent, formatReply } = await load('scripts/gateway/event.ts');
  return {
    createHandler: (listener) => createHandler(listener, { error: () => {} }),
    createService: (listener, lines) => {
      const log = createLogger('trace', (line: string) => lines.push(JSON.parse(line)));
      return createHandler(createPipeline(listener, loadConfig({}), log), log);
    },
    createEvent,
    formatReply,
    folder,
  };
}

/** By gateway, a handler that answers as the listener does. */
export function createHandlers(listener: Listener): Readonly<Record<Gateway, Handler>> {
  const { http, rest, url, alb } = emitted;
  return {
    http: http.createHandler(listener),
    rest: rest.createHandler(listener),
    url: url.createHandler(listener),
    alb: alb.createHandler(listener),
  };
}
