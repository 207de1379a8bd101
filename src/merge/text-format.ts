import { diffIndices } from 'node-diff3';

/** How a text lies on the disk. */
export interface TextFormat {
  /** `bytes` is any other that has ASCII in it: each byte is a character, so none is lost. */
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be' | 'bytes';
  readonly bom: boolean;
  readonly eol: '\n' | '\r\n';
  /** The text with its own line ends, where not all are of one kind. */
  readonly mixed?: string;
}

export interface DecodedText {
  /** Lines end in `\n`; there is no byte-order mark. */
  readonly text: string;
  readonly format: TextFormat;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const mark = '\uFEFF';

/** Reads a file as text; nothing for one that is binary, which is told by a NUL. */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const { text, encoding } = decodeBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) ?? {};
  if (text === undefined || encoding === undefined) return undefined;
  const bom = text.startsWith(mark);
  const raw = bom ? text.slice(1) : text;
  const plain = raw.replaceAll('\r\n', '\n');
  const [breaks, windows] = [countOf(plain, '\n'), raw.length - plain.length];
  const eol = windows * 2 > breaks ? '\r\n' : '\n';
  const mixed = windows > 0 && windows < breaks ? { mixed: raw } : {};
  return { text: plain, format: { encoding, bom, eol, ...mixed } };
}

/** The bytes of a text in a format. Where line ends were mixed, lines that are still there keep theirs. */
export function encodeText(text: string, { encoding, bom, eol, mixed }: TextFormat): Uint8Array {
  const ended = mixed === undefined ? (eol === '\n' ? text : text.replaceAll('\n', eol)) : withOwnEnds(text, mixed, eol);
  const whole = bom ? mark + ended : ended;
  if (encoding === 'utf16be') return Buffer.from(whole, 'utf16le').swap16();
  return Buffer.from(whole, encoding === 'bytes' ? 'latin1' : encoding);
}

/** Whether a file says what was emitted: line ends, encoding and byte-order mark are an editor's, and no edit. */
export function isSameText(disk: Uint8Array, emitted: string): boolean {
  const bytes = Buffer.from(emitted);
  return bytes.equals(disk) || (disk.length > 0 && decodeText(disk)?.text === decodeText(bytes)?.text);
}

/**
 * A new text in the format that the user's file has. What it differs in from the text that was emitted is the user's choice; the rest
 * follows the new one.
 */
export function reformat(next: string, disk: Uint8Array, base: string | undefined): Uint8Array {
  const decoded = decodeText(Buffer.from(next));
  const own = decodeText(disk)?.format;
  if (decoded === undefined || own === undefined) return Buffer.from(next);
  const emitted = base === undefined ? undefined : decodeText(Buffer.from(base))?.format;
  const pick = <Key extends keyof TextFormat>(key: Key): TextFormat[Key] =>
    own[key] === emitted?.[key] ? decoded.format[key] : own[key];
  const mixed = own.mixed === undefined ? {} : { mixed: own.mixed };
  return encodeText(decoded.text, {
    encoding: own.encoding === 'bytes' ? 'utf8' : own.encoding,
    bom: pick('bom'),
    eol: pick('eol'),
    ...mixed,
  });
}

function decodeBytes(bytes: Buffer): (Pick<TextFormat, 'encoding'> & { readonly text: string }) | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le'), encoding: 'utf16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0)
    return { text: Buffer.from(bytes).swap16().toString('utf16le'), encoding: 'utf16be' };
  if (bytes.includes(0)) return undefined;
  try {
    return { text: utf8.decode(bytes), encoding: 'utf8' };
  } catch {
    return { text: bytes.toString('latin1'), encoding: 'bytes' };
  }
}

function withOwnEnds(text: string, mixed: string, eol: string): string {
  const own = mixed.split('\n');
  const lines = text.split('\n');
  const ends = lines.map(() => eol);
  let [at, ownAt] = [0, 0];
  const plain = own.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const keep = (until: number): void => {
    for (; at < until; at += 1, ownAt += 1) ends[at] = own[ownAt]?.endsWith('\r') === true ? '\r\n' : '\n';
  };
  for (const { buffer1, buffer2 } of diffIndices(lines, plain)) {
    keep(buffer1[0]);
    at = buffer1[0] + buffer1[1];
    ownAt = buffer2[0] + buffer2[1];
  }
  keep(lines.length);
  return lines.map((line, index) => (index < lines.length - 1 ? line + ends[index]! : line)).join('');
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}
