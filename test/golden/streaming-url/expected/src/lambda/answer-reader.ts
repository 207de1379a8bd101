import { type Answer, parseAnswer } from './message.ts';

type Head = Pick<Answer, 'status' | 'headers'>;

interface Body {
  /** @returns what of the body is in these bytes */
  readonly take: (bytes: Buffer) => Buffer;
  readonly isWhole: () => boolean;
}

/** Reads an answer while it is written; its bytes come in pieces that are cut anywhere. */
export interface AnswerReader {
  /** @returns what of the body is in these bytes */
  readonly read: (bytes: Buffer) => Buffer;
  /** Undefined until all of it has been read. */
  readonly head: () => Head | undefined;
  /** Whether a client has all that the head announces. */
  readonly isWhole: () => boolean;
}

/** @param method - of the request: the answer to HEAD has no body, whatever its head says */
export function createReader(method: string): AnswerReader {
  let head: Head | undefined;
  let body: Body | undefined;
  let unread = Buffer.of();

  function read(bytes: Buffer): Buffer {
    if (body !== undefined) return body.take(bytes);
    unread = Buffer.concat([unread, bytes]);
    const end = unread.indexOf('\r\n\r\n') + 4;
    if (end < 4) return Buffer.of();
    const first = unread.subarray(0, end);
    const rest = unread.subarray(end);
    unread = Buffer.of();
    // Asked for a head alone, it knows none behind an interim answer, such as 103, whose place the next one takes.
    head = parseAnswer(first, 'HEAD');
    if (head !== undefined) body = createBody(method, head, first.toString('latin1'));
    return read(rest);
  }

  return { read, head: () => head, isWhole: () => body?.isWhole() ?? false };
}

function createBody(method: string, { status, headers }: Head, head: string): Body {
  if (method === 'HEAD' || status === 204 || status === 304) return countBytes(0);
  if (/^transfer-encoding: *chunked\r$/im.test(head)) return joinChunks();
  const [, length] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-length') ?? [];
  return countBytes(Number(length ?? Infinity));
}

/** Without a length, the body ends where the connection does. */
function countBytes(length: number): Body {
  let missing = length;
  return {
    take: (bytes) => {
      const taken = bytes.subarray(0, missing);
      missing -= taken.length;
      return taken;
    },
    isWhole: () => missing === 0 || length === Infinity,
  };
}

/** A chunk is its size in hexadecimal, a line end, as many bytes and a line end; the last one has the size 0. */
function joinChunks(): Body {
  let missing = 0;
  let line = '';
  let isWhole = false;

  function* takeParts(bytes: Buffer): Generator<Buffer> {
    for (let at = 0; at < bytes.length && !isWhole;) {
      const isData = missing > 0;
      const end = isData ? at + missing : bytes.indexOf('\n', at) + 1 || bytes.length;
      const part = bytes.subarray(at, end);
      at = end;
      if (isData) {
        missing -= part.length;
        yield part;
      } else if ((line += part.toString('latin1')).endsWith('\n')) {
        // Behind the bytes of a chunk, the line is empty.
        missing = Number.parseInt(line, 16) || 0;
        isWhole = /^0+\r/.test(line);
        line = '';
      }
    }
  }

  return { take: (bytes) => Buffer.concat([...takeParts(bytes)]), isWhole: () => isWhole };
}
