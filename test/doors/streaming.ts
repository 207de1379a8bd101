import { Writable } from 'node:stream';

import type { Context } from 'aws-lambda';

import { emitDoors, type Handler, type Listener, type Result } from './gateways.ts';

export const streamingGateways = ['rest', 'url'] as const;
export type StreamingGateway = (typeof streamingGateways)[number];

export type StreamingHandler = (event: unknown, stream: Writable, context: Context) => Promise<void>;

/** What a project with the extra streaming emits for its gateway. */
export interface StreamingModules {
  readonly createHandler: (listener: Listener) => StreamingHandler;
  /** The same, with all that the service puts before its app; what it logs is added to the lines. */
  readonly createService: (listener: Listener, lines: Record<string, unknown>[]) => StreamingHandler;
  readonly createReader: (method: string) => {
    readonly read: (bytes: Buffer) => Buffer;
    readonly head: () => object | undefined;
    readonly isWhole: () => boolean;
  };
  readonly parseAnswer: (bytes: Buffer, method: string) => { readonly body: Buffer } | undefined;
  readonly folder: string;
}

/** By gateway, the modules of a project that was emitted for it. */
export const streaming: Readonly<Record<StreamingGateway, StreamingModules>> = {
  rest: await emit('rest'),
  url: await emit('url'),
};

async function emit(gateway: StreamingGateway): Promise<StreamingModules> {
  const { folder, load } = await emitDoors(gateway, ['streaming']);
  await load('scripts/gateway/runtime.ts'); // brings the global that the handler is made with
  const { createHandler } = await load('src/lambda/handler.ts');
  const { createReader } = await load('src/lambda/answer-reader.ts');
  const { parseAnswer } = await load('src/lambda/message.ts');
  const { createPipeline } = await load('src/pipeline.ts');
  const { loadConfig } = await load('src/config.ts');
  const { createLogger } = await load('src/log.ts');
  return {
    createHandler: (listener) => createHandler(listener, { error: () => {} }),
    createService: (listener, lines) => {
      const log = createLogger('trace', (line: string) => lines.push(JSON.parse(line)));
      return createHandler(createPipeline(listener, loadConfig({}), log), log);
    },
    createReader,
    parseAnswer,
    folder,
  };
}

/** What a function writes to, as wide and as quick as a test wants it. The head comes before the first write. */
export class TestStream extends Writable {
  /** As the runtime's own global sets it. */
  prelude = Buffer.of();
  readonly pieces: Buffer[] = [];
  take: (piece: Buffer) => void | Promise<void> = () => {};

  setContentType(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const piece = Buffer.concat([this.prelude, chunk]);
    this.prelude = Buffer.of();
    this.pieces.push(piece);
    void Promise.resolve(this.take(piece)).finally(done);
  }

  /** The head, which JSON says, then eight bytes of zero, then the body. */
  read(): { readonly head: Omit<Result, 'body'> | undefined; readonly body: Buffer } {
    const bytes = Buffer.concat(this.pieces);
    const end = bytes.indexOf(Buffer.alloc(8));
    if (end < 0) return { head: undefined, body: bytes };
    return { head: JSON.parse(bytes.toString('utf8', 0, end)), body: bytes.subarray(end + 8) };
  }
}

/** Makes of a handler that streams one that returns, so that both can be compared with the same other door. */
export function collectStream(handler: StreamingHandler): Handler {
  return async (event, context) => {
    const stream = new TestStream();
    const failure = await handler(event, stream, context).then(
      () => undefined,
      (error: Error) => error,
    );
    if (!stream.writableFinished) await new Promise((resolve) => stream.end(resolve));
    const { head, body } = stream.read();
    if (head === undefined) throw failure ?? new Error('no head');
    // A gateway breaks the connection, which the comparison knows by this status.
    const status = failure === undefined ? head.statusCode : 502;
    return { ...head, statusCode: status, body: body.toString('base64'), isBase64Encoded: true };
  };
}

/** By gateway, a handler that answers as the listener does. */
export function createStreamingHandlers(listener: Listener): Readonly<Record<StreamingGateway, Handler>> {
  const { rest, url } = streaming;
  return { rest: collectStream(rest.createHandler(listener)), url: collectStream(url.createHandler(listener)) };
}
