import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeText, encodeText, isSameText, reformat } from '../../src/merge/text-format.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Buffer => Buffer.from(text, encoding);
const bigEndian = (text: string): Buffer => bytes(`\uFEFF${text}`, 'utf16le').swap16();

describe('the format of a text', () => {
  for (const [what, content, text, format] of [
    ['plain', bytes('a\nb\n'), 'a\nb\n', { encoding: 'utf8', bom: false, eol: '\n' }],
    ['empty', bytes(''), '', { encoding: 'utf8', bom: false, eol: '\n' }],
    ['of Windows', bytes('a\r\nb\r\n'), 'a\nb\n', { encoding: 'utf8', bom: false, eol: '\r\n' }],
    ['with a byte-order mark', bytes('\uFEFFa\n'), 'a\n', { encoding: 'utf8', bom: true, eol: '\n' }],
    ['in UTF-16', bytes('\uFEFFä\r\n', 'utf16le'), 'ä\n', { encoding: 'utf16le', bom: true, eol: '\r\n' }],
    ['in UTF-16, the other way round', bigEndian('ä\n'), 'ä\n', { encoding: 'utf16be', bom: true, eol: '\n' }],
    ['in Latin-1', bytes('ä\n', 'latin1'), 'ä\n', { encoding: 'bytes', bom: false, eol: '\n' }],
    [
      'of both kinds of lines',
      bytes('a\r\nb\nc\n'),
      'a\nb\nc\n',
      { encoding: 'utf8', bom: false, eol: '\n', mixed: 'a\r\nb\nc\n' },
    ],
  ] as const) {
    it(`is read and kept: ${what}`, () => {
      assert.deepEqual(decodeText(content), { text, format });
      assert.deepEqual(Buffer.from(encodeText(text, format)), content);
    });
  }

  it('is none for what is binary', () => assert.equal(decodeText(Uint8Array.of(0x89, 0x50, 0x00)), undefined));

  it('is kept of any bytes that are text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1 }), (content) => {
        const { text, format } = decodeText(content)!;
        assert.deepEqual(Buffer.from(encodeText(text, format)), Buffer.from(content));
      }),
    );
  });

  it('lets lines that are still there keep their ends', () => {
    const { format } = decodeText(bytes('a\r\nb\nc\r\nd\r\n'))!;
    assert.equal(Buffer.from(encodeText('new\na\nb\nd\n', format)).toString(), 'new\r\na\r\nb\nd\r\n');
  });
});

describe('a text on the disk', () => {
  for (const [disk, isSame] of [
    ['a\nb\n', true],
    ['a\r\nb\r\n', true],
    ['\uFEFFa\nb\n', true],
    ['a\nb', false],
    ['a\n b\n', false],
    ['', false],
  ] as const)
    it(`${JSON.stringify(disk)} is ${isSame ? 'as' : 'not as'} it was emitted`, () =>
      assert.equal(isSameText(bytes(disk), 'a\nb\n'), isSame));

  it('is as it was emitted where both are empty', () => assert.ok(isSameText(bytes(''), '')));
});

describe('a new text', () => {
  for (const [what, disk, base, next, expected] of [
    ['takes the user’s line ends', 'a\r\n', 'a\n', 'b\n', 'b\r\n'],
    ['takes the user’s byte-order mark', '\uFEFFa\n', 'a\n', 'b\n', '\uFEFFb\n'],
    ['brings its own line ends where the user has those that were emitted', 'a\r\n', 'a\r\n', 'b\n', 'b\n'],
    ['brings its own where the lines of a file become those of Windows', 'a\n', 'a\n', 'b\r\n', 'b\r\n'],
  ] as const)
    it(what, () => assert.equal(Buffer.from(reformat(next, bytes(disk), base)).toString(), expected));
});
