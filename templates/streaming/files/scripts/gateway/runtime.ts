import { Readable, Transform, type TransformCallback } from 'node:stream';

import type { Context, StreamifyHandler } from 'aws-lambda';

import { formatReply } from './event.ts';

/**
 * Stands between the head, which is JSON, and the body.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
 */
const delimiter = Buffer.alloc(8);

/** What the function writes to. The head goes before the first write, even an empty one. */
class ResponseStream extends Transform {
  prelude = Buffer.of();

  setContentType = (): void => {};

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.push(this.prelude);
    this.prelude = Buffer.of();
    done(null, chunk);
  }
}

/**
 * The global that Lambda's runtime gives to a function.
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
const awslambda = {
  streamifyResponse: (handler: StreamifyHandler): StreamifyHandler => handler,
  HttpResponseStream: {
    from(stream: ResponseStream, prelude: object): ResponseStream {
      stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), delimiter]);
      return stream;
    },
  },
};
Object.assign(globalThis, { awslambda });

/**
 * Invokes a function as the runtime does.
 * @returns what the gateway sends on; its body breaks where the invocation fails behind the head
 */
export async function invoke(handler: StreamifyHandler, event: unknown, context: Context) {
  const stream = new ResponseStream();
  // A failure is told behind what was written.
  const run = Promise.resolve(handler(event, stream, context)).finally(() => stream.end());
  run.catch(() => {});
  const chunks: AsyncGenerator<Buffer> = stream.iterator() as never;
  let read = Buffer.of();
  while (!read.includes(delimiter)) {
    const { value, done } = await chunks.next();
    if (done === true) await run;
    if (done === true) throw new Error('The function has sent no head.');
    read = Buffer.concat([read, value]);
  }
  const end = read.indexOf(delimiter);
  const pieces = listPieces(read.subarray(end + delimiter.length), chunks, run);
  const body = new Readable({
    read() {
      const push = ({ value, done }: IteratorResult<Buffer>) => this.push(done === true ? null : value);
      pieces.next().then(push, (error: Error) => this.destroy(error));
    },
    // At once, where an iterator would wait for the next piece.
    destroy(error, done) {
      stream.destroy();
      done(error);
    },
  });
  return { ...formatReply(JSON.parse(read.toString('utf8', 0, end))), body };
}

async function* listPieces(first: Buffer, others: AsyncGenerator<Buffer>, run: Promise<void>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  yield* others;
  await run;
}
