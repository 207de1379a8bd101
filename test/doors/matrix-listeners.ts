import { frameworkCases } from './framework-cases.ts';
import type { Listener } from './gateways.ts';
import { listenPlainly } from './mount.ts';
import type { MatrixCase } from './matrix.ts';
import { requestCases } from './request-cases.ts';
import { bodies } from './scenarios/bodies.ts';
import { createExpressListener, expressScenarios } from './scenarios/express.ts';
import { heads } from './scenarios/heads.ts';
import { createKoaListener, koaScenarios } from './scenarios/koa.ts';
import { lives } from './scenarios/lives.ts';

/** Node's own server never ends these. */
const endless = new Set(['GET length for HEAD', 'POST length for HEAD', 'HEAD write until full', 'HEAD wait for drain']);

const scenarios = { ...heads, ...bodies, ...lives };
const rawCases = Object.keys(scenarios).flatMap((name) => askFor(name, `raw/${encodeURIComponent(name)}`));
const koaCases = Object.keys(koaScenarios).flatMap((name) => askFor(name, name.replaceAll(' ', '-')));
const expressCases = Object.keys(expressScenarios).flatMap((name) => askFor(name, name.replaceAll(' ', '-')));

/** By framework, a listener and all that it is asked. */
export const listeners: Readonly<Record<string, { listener: Listener; cases: readonly MatrixCase[] }>> = {
  plain: { listener: listenPlainly(scenarios), cases: [...requestCases, ...rawCases] },
  Koa: { listener: createKoaListener(scenarios), cases: [...requestCases, ...rawCases, ...koaCases, ...frameworkCases('koa')] },
  Express: {
    listener: createExpressListener(scenarios),
    cases: [...requestCases, ...rawCases, ...expressCases, ...frameworkCases('express')],
  },
};

/** Each scenario is asked for with and without a body, and for its head alone. */
function askFor(name: string, path: string): MatrixCase[] {
  const methods = ['GET', 'HEAD', 'POST'].filter((method) => !endless.has(`${method} ${name}`));
  return methods.map((method) => ({
    name,
    method,
    target: `/${path}`,
    headers: [
      ['Host', 'api.example.com'],
      ['Content-Type', 'text/plain'],
      ['Cookie', 'sent=1'],
    ],
    body: Buffer.from(method === 'POST' ? 'posted' : ''),
    chunked: false,
  }));
}
