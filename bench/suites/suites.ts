/** Someone else's tests, at the tag whose version is nearest to what projects install. */
export interface Suite {
  readonly name: string;
  /** On GitHub. */
  readonly repository: string;
  readonly tag: string;
  readonly runner: RunnerName;
  /** What is to be made before its first test. */
  readonly build?: readonly [command: string, ...args: string[]];
  /** What the suite's own script passes to its runner. */
  readonly options: readonly string[];
  /** What the suite's own script sets. */
  readonly env?: Readonly<Record<string, string>>;
}

export type RunnerName = 'mocha' | 'node' | 'jest' | 'vitest';

const mocha = ['--check-leaks', 'test/'];

export const suites: readonly Suite[] = [
  {
    name: 'koa',
    repository: 'koajs/koa',
    tag: 'v3.2.0',
    runner: 'node',
    build: ['npm', 'run', 'build'],
    options: ['--test-force-exit'],
  },
  {
    name: 'router',
    repository: 'koajs/router',
    tag: 'v15.1.0',
    runner: 'node',
    build: ['npm', 'run', 'build'],
    options: ['--require', 'ts-node/register', 'test/*.test.ts', 'test/**/*.test.ts'],
    env: { TS_NODE_PROJECT: 'tsconfig.ts-node.json' },
  },
  { name: 'bodyparser', repository: 'koajs/bodyparser', tag: 'v6.0.0', runner: 'jest', options: [] },
  { name: 'compress', repository: 'koajs/compress', tag: 'v5.1.1', runner: 'jest', options: [] },
  {
    name: 'express',
    repository: 'expressjs/express',
    tag: 'v5.2.1',
    runner: 'mocha',
    options: ['--require', 'test/support/env', '--check-leaks', 'test/', 'test/acceptance/'],
  },
  { name: 'body-parser', repository: 'expressjs/body-parser', tag: 'v2.3.0', runner: 'mocha', options: mocha },
  { name: 'compression', repository: 'expressjs/compression', tag: 'v1.8.1', runner: 'mocha', options: mocha },
  { name: 'morgan', repository: 'expressjs/morgan', tag: '1.10.1', runner: 'mocha', options: mocha },
  { name: 'multer', repository: 'expressjs/multer', tag: 'v2.1.1', runner: 'mocha', options: mocha },
  { name: 'serve-static', repository: 'expressjs/serve-static', tag: 'v2.2.1', runner: 'mocha', options: mocha },
  {
    name: 'session',
    repository: 'expressjs/session',
    tag: 'v1.19.0',
    runner: 'mocha',
    build: ['test/support/gencert.sh'],
    options: ['--require', 'test/support/env', ...mocha],
  },
  { name: 'finalhandler', repository: 'pillarjs/finalhandler', tag: 'v2.1.1', runner: 'mocha', options: mocha },
  { name: 'send', repository: 'pillarjs/send', tag: '1.2.1', runner: 'mocha', options: mocha },
  { name: 'hono-node-server', repository: 'honojs/node-server', tag: 'v2.0.9', runner: 'vitest', options: [] },
  { name: 'on-finished', repository: 'jshttp/on-finished', tag: 'v2.4.1', runner: 'mocha', options: mocha },
];
