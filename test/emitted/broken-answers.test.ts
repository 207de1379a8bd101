import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Middleware } from 'koa';
import { useProject } from './project.ts';

type Line = Readonly<Record<string, unknown>>;
type Send = (listener: RequestListener, path: string, init?: RequestInit) => Promise<{ readonly body: unknown }>;

describe('an answer that a route of the service began', () => {
  const folder = useProject();
  let serviceWith: (middleware: Middleware) => { readonly listener: RequestListener; readonly lines: readonly Line[] };
  let send: Send;

  before(async () => {
    const load = (path: string) => import(pathToFileURL(join(folder(), path)).href);
    const [{ createApp }, { loadConfig }, { createPipeline }, { captureLog }, sender] = await Promise.all(
      ['src/app.ts', 'src/config.ts', 'src/pipeline.ts', 'test/logs.ts', 'test/send.ts'].map(load),
    );
    ({ send } = sender as { send: Send });
    serviceWith = (middleware) => {
      const { log, lines } = captureLog();
      const config = loadConfig({ STAGE: 'dev' });
      return { lines, listener: createPipeline(createApp(config, log).use(middleware).callback(), config, log) };
    };
  });

  it('is left alone where the route ends it itself', async () => {
    const { listener } = serviceWith((ctx) => {
      ctx.respond = false;
      ctx.res.statusCode = 404;
      ctx.res.end('my own');
    });
    assert.equal((await send(listener, '/')).body, 'my own');
  });

  const cuts: [title: string, middleware: Middleware][] = [
    [
      'the route throws',
      (ctx) => {
        ctx.res.writeHead(200, { 'content-length': 10 }).write('half');
        throw new Error('torn');
      },
    ],
    ['its stream fails', (ctx) => void (ctx.body = Readable.from(failing()))],
  ];
  for (const [title, middleware] of cuts)
    it(`is cut off with its connection when ${title}`, async () => {
      const { listener, lines } = serviceWith(middleware);
      await assert.rejects(send(listener, '/'));
      assert.partialDeepStrictEqual(lines, [{ message: 'torn' }, { message: 'request', status: 500 }]);
    });

  it('is no fault of ours where the client leaves in the middle of it', async () => {
    const leave = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const { listener, lines } = serviceWith((ctx) => {
      ctx.body = new Readable({ read: () => leave.abort() });
      closed = once(ctx.res, 'close');
    });
    await assert.rejects(send(listener, '/', { signal: leave.signal }));
    await closed;
    assert.deepEqual(
      lines.map(({ level, status }) => [level, status]),
      [['INFO', 499]],
    );
  });
});

async function* failing(): AsyncGenerator<string> {
  yield 'half';
  throw new Error('torn');
}
