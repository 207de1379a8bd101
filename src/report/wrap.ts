export interface Layout {
  /** Of the terminal, in columns. */
  readonly width: number;
  /** What the second and later lines begin with. */
  readonly indent?: string;
  /** What a line that goes on ends with, such as the backslash of a shell. */
  readonly carry?: string;
}

/** Breaks words into lines that fit; a word that is longer than a line has one to itself. */
export function wrapWords(words: readonly string[], { width, indent = '', carry = '' }: Layout): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(word);
    else if (last.length + 1 + word.length + carry.length > width) lines.push(indent + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join(`${carry}\n`);
}

/** {@link wrapWords} of a text; the lines that it has already stay lines. */
export function wrapText(text: string, layout: Layout): string {
  const [first = '', ...rest] = text.split('\n');
  const lines = [first, ...rest.map((line) => (layout.indent ?? '') + line)];
  return lines.map((line) => wrapWords(line.split(' '), layout)).join('\n');
}

/** The width of a stream; where it tells none, or nought as some terminals do, that of a terminal of old. */
export function widthOf({ columns }: { readonly columns?: number }): number {
  return columns || 80;
}

/** The width to wrap messages at: those that go into a file or a pipe keep their lines, by which they are searched. */
export function messageWidth(stream: { readonly columns?: number; readonly isTTY?: boolean }): number {
  return stream.isTTY ? widthOf(stream) : Infinity;
}
