/** One line that says what is going on, drawn over itself. */
export interface ProgressLine {
  readonly show: (text: string) => void;
  /** Takes the line away again. */
  readonly clear: () => void;
}

/** A progress line on a terminal; on anything else each text is a line, and a text that was shown is not shown again. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) {
    let shown = '';
    return {
      show: (text) => {
        const [head = ''] = text.split(': ', 1);
        if (head !== shown) stream.write(`${head}\n`);
        shown = head;
      },
      clear: () => undefined,
    };
  }
  return {
    // A line that wraps could not be drawn over.
    show: (text) => void stream.write(`\r\u001B[K${text.slice(0, (stream.columns || 80) - 1)}`),
    clear: () => void stream.write('\r\u001B[K'),
  };
}
