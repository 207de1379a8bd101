import type { MergeLabels } from './conflict-markers.ts';
import { mergeJsonTexts } from './merge-json-text.ts';
import { mergeTexts } from './merge-text.ts';
import { decodeText, encodeText, type TextFormat } from './text-format.ts';

export interface MergeInput {
  /** Its name tells what is merged by structure. */
  readonly path: string;
  /** What was emitted; without it every difference is marked. */
  readonly base: string | undefined;
  readonly disk: Uint8Array;
  readonly next: string;
  readonly labels: MergeLabels;
}

export type MergeResult =
  | {
      readonly kind: 'merged';
      /** In the format of the file on the disk. */
      readonly content: Uint8Array;
      /** How many places are marked; 0 where both went in. */
      readonly conflicts: number;
      /** Sentences on what was decided without a mark. */
      readonly notes: readonly string[];
    }
  /** The file on the disk is not text. */
  | { readonly kind: 'unmergeable' };

/** Merges the user's file with what is emitted now: JSON by its structure where that can be, else line by line. */
export function mergeFile({ path, base, disk, next, labels }: MergeInput): MergeResult {
  const decoded = decodeText(disk);
  if (decoded === undefined) return { kind: 'unmergeable' };
  const { format, text: ours } = decoded;
  const texts = { ours, base: base === undefined ? undefined : asRead(base, format), theirs: asRead(next, format) };
  const merged = (path.endsWith('.json') && ours !== texts.base && mergeJsonTexts(path, texts, labels)) || {
    ...mergeTexts(texts, labels),
    notes: [],
  };
  return { kind: 'merged', content: encodeText(merged.text, format), conflicts: merged.conflicts, notes: merged.notes };
}

/** An emitted text as it would be read from a file in this format. */
function asRead(emitted: string, { encoding }: TextFormat): string {
  const bytes = Buffer.from(emitted);
  return encoding === 'bytes' ? bytes.toString('latin1').replaceAll('\r\n', '\n') : (decodeText(bytes)?.text ?? emitted);
}
