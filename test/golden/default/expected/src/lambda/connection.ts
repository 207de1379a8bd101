import type { IncomingMessage, ServerResponse } from 'node:http';
import { Duplex } from 'node:stream';

import { joinChunks } from './chunks.ts';
import { Failure } from './failure.ts';

/** Where a request came from. */
export interface Peer {
  readonly remoteAddress: string;
  /** Whether the client came by TLS. */
  readonly encrypted: boolean;
}

/**
 * The socket of one request: keeps what node writes to it, and has what middleware asks of a net.Socket. As under
 * http.Server, destroying it aborts the request and closes the response.
 */
export class Connection extends Duplex {
  readonly remoteAddress: string;
  readonly encrypted: boolean;
  /** Status line and headers, one character for each byte; empty until they are sent. */
  head = '';
  request: IncomingMessage | undefined;
  /** Node sets it to the response that this socket carries, and `_header` to its head. */
  declare _httpMessage: (ServerResponse & { readonly _header: string | null }) | null;
  readonly #onDestroy: (error: Error | null) => void;
  readonly #chunks: Buffer[] = [];
  #isChunked = false;
  #unsentBytes = 0;
  #timeoutMs = 0;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor({ remoteAddress, encrypted }: Peer, onDestroy: (error: Error | null) => void) {
    super();
    this.remoteAddress = remoteAddress;
    this.encrypted = encrypted;
    this.#onDestroy = onDestroy;
  }

  /** What was written after the head, without the framing that node may have put around it. */
  get body(): Buffer {
    if (this.#isChunked) return joinChunks(Buffer.concat(this.#chunks));
    const [first = Buffer.alloc(0)] = this.#chunks;
    return this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first;
  }

  /** Buffers by itself: the machinery of Writable would take longer than all the rest of the door. */
  override write(chunk: string | Uint8Array, ...rest: unknown[]): boolean {
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(done as () => void);
    const head = this._httpMessage?._header ?? '';
    // Before its head, node writes only interim answers (1xx), which no front end can send.
    if (head === '') return true;
    const bytes =
      typeof chunk === 'string' ? this.#encode(chunk, rest[0] as BufferEncoding, head) : Buffer.from(chunk);
    this.#chunks.push(bytes);
    this.#idleTimer?.refresh();
    this.#unsentBytes += bytes.length;
    if (this.#unsentBytes < this.writableHighWaterMark) return true;
    setImmediate(() => this.#drain());
    return false;
  }

  override end(...rest: unknown[]): this {
    const [chunk, encoding] = rest;
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk, encoding);
    return this.destroy();
  }

  override cork(): void {
    // Nothing is sent, so nothing is held back.
  }

  override uncork(): void {
    // As above.
  }

  override resume(): this {
    // The request's body is pushed into the request; there is nothing to read here.
    return this;
  }

  /** Hands no error on: it would be emitted, and nobody listens. */
  override _destroy(error: Error | null, done: () => void): void {
    clearTimeout(this.#idleTimer);
    this.request?.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    this.#onDestroy(error);
    done();
  }

  setTimeout(timeoutMs: number, listener?: () => void): this {
    if (listener !== undefined) this.once('timeout', listener);
    clearTimeout(this.#idleTimer);
    this.#timeoutMs = timeoutMs;
    if (timeoutMs > 0) this.#idleTimer = setTimeout(() => this.#expire(), timeoutMs);
    return this;
  }

  /** The listener did not answer in time. */
  expire(): void {
    this.destroy(new Failure(504, 'There was no answer within the time-out of the function.'));
  }

  destroySoon(): void {
    this.end();
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  address(): { address: string; family: string; port: number } {
    return { address: this.localAddress, family: 'IPv4', port: this.localPort };
  }

  get timeout(): number {
    return this.#timeoutMs;
  }

  get remoteFamily(): string {
    return this.remoteAddress.includes(':') ? 'IPv6' : 'IPv4';
  }

  /** No front end tells the client's port. */
  get remotePort(): number {
    return 0;
  }

  get localAddress(): string {
    return '127.0.0.1';
  }

  get localPort(): number {
    return this.encrypted ? 443 : 80;
  }

  get bytesRead(): number {
    return 0;
  }

  get bytesWritten(): number {
    return this.#chunks.reduce((sum, { length }) => sum + length, this.head.length);
  }

  get connecting(): boolean {
    return false;
  }

  get pending(): boolean {
    return false;
  }

  get readyState(): string {
    return this.destroyed ? 'closed' : 'open';
  }

  /** Node puts its head before the first chunk, in that chunk's encoding. */
  #encode(chunk: string, encoding: BufferEncoding, head: string): Buffer {
    if (this.head !== '') return Buffer.from(chunk, encoding);
    this.#isChunked = this._httpMessage?.chunkedEncoding === true;
    this.head = /[\u0080-\uffff]/.test(head) ? Buffer.from(head, encoding).toString('latin1') : head;
    return Buffer.from(chunk.slice(head.length), encoding);
  }

  #drain(): void {
    this.#unsentBytes = 0;
    this.emit('drain');
    if (this._httpMessage?.writableEnded === false) this._httpMessage.emit('drain');
  }

  /** As http.Server does: the response may take the time-out up, else the connection ends. */
  #expire(): void {
    const isHandled = this._httpMessage?.emit('timeout', this);
    this.emit('timeout');
    if (isHandled !== true) this.destroy();
  }
}
