import { createReader } from './answer-reader.ts';
import type { Answer, Request } from './message.ts';
import { formatPrelude } from './prelude.ts';
import { Connection, type Invocation } from './server.ts';

type ResponseStream = awslambda.HttpResponseStream;

/** A connection that passes on what the server writes, as fast as the function's stream takes it. */
export class StreamedConnection extends Connection {
  readonly answer: ReturnType<typeof createReader>;
  readonly stream: ResponseStream;

  constructor(request: Request, invocation: Invocation, stream: ResponseStream) {
    super(request, invocation);
    this.answer = createReader(request.method);
    this.stream = stream;
    // Nobody waits for the answer any more: the listener learns it as it would of a client that left.
    stream.once('close', () => this.destroy());
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this._writev([{ chunk, encoding }], done);
  }

  override _writev(writes: { chunk: Buffer | string; encoding: BufferEncoding }[], done: () => void): void {
    for (const { chunk, encoding } of writes) super._write(chunk, encoding, () => {});
    const isBegun = this.answer.head() !== undefined;
    const body = this.answer.read(Buffer.concat(this.written.splice(0)));
    const head = this.answer.head();
    if (!isBegun && head !== undefined) beginAnswer(this.stream, head);
    if (body.length === 0 || this.stream.write(body)) done();
    else this.stream.once('drain', done);
  }
}

/** Sends the head, at once, since the first byte of the body may be long in coming. */
export function beginAnswer(stream: ResponseStream, head: Pick<Answer, 'status' | 'headers'>): void {
  // The runtime puts the head before the first write, and leaves it out where there is none.
  awslambda.HttpResponseStream.from(stream, formatPrelude(head)).write('');
}
