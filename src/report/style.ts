import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours a text for a stream: not where it is a file, nor where NO_COLOR forbids it. */
export type Style = (format: Format, text: string) => string;

export function styleFor(stream: NodeJS.WriteStream): Style {
  return (format, text) => styleText(format, text, { stream });
}
