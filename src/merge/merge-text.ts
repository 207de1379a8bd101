import { diff3MergeRegions, diffIndices } from 'node-diff3';
import { markConflict, type MergeLabels } from './conflict-markers.ts';
import { sharedEnds } from './shared-ends.ts';

/** A text and how many places of it are marked. */
export interface MergedText {
  readonly text: string;
  readonly conflicts: number;
}

export interface ThreeTexts {
  readonly ours: string;
  /** Without it nothing tells which side changed what, so every difference is marked. */
  readonly base: string | undefined;
  readonly theirs: string;
}

// Beyond this many lines between the first and the last difference the search for what they share takes minutes; as one place it takes none.
const maxLines = 20_000;

/** Merges line by line; a missing newline at the end is a property of its own, and never a conflict. Lines end in `\n`. */
export function mergeTexts({ ours, base, theirs }: ThreeTexts, labels: MergeLabels): MergedText {
  if (ours === theirs || ours === base) return { text: theirs, conflicts: 0 };
  if (theirs === base) return { text: ours, conflicts: 0 };
  const sides = { ours: linesOf(ours), theirs: linesOf(theirs), base: base === undefined ? undefined : linesOf(base) };
  const { lines, conflicts } = mergeMiddle(sides, labels);
  const ends = endsOpen(ours) === (base !== undefined && endsOpen(base)) ? endsOpen(theirs) : endsOpen(ours);
  return { text: lines.join('\n') + (ends || lines.length === 0 ? '' : '\n'), conflicts };
}

interface Sides {
  readonly ours: readonly string[];
  readonly base: readonly string[] | undefined;
  readonly theirs: readonly string[];
}

interface MergedLines {
  readonly lines: readonly string[];
  readonly conflicts: number;
}

/** What all sides begin and end with is set aside first: it is most of a file. */
function mergeMiddle({ ours, base, theirs }: Sides, labels: MergeLabels): MergedLines {
  const { head, tail } = sharedEnds([ours, theirs, ...(base === undefined ? [] : [base])]);
  const middle = (side: readonly string[]): string[] => side.slice(head, side.length - tail);
  const merged = mergeLines({ ours: middle(ours), base: base && middle(base), theirs: middle(theirs) }, labels);
  return {
    lines: [...ours.slice(0, head), ...merged.lines, ...ours.slice(ours.length - tail)],
    conflicts: merged.conflicts,
  };
}

function mergeLines(sides: Sides, labels: MergeLabels): MergedLines {
  const { ours, base, theirs } = sides;
  if (ours.length + theirs.length + (base?.length ?? 0) > maxLines) {
    return { lines: markConflict({ ours, theirs, ...(base && { base }) }, labels), conflicts: 1 };
  }
  return base === undefined ? markDifferences(ours, theirs, labels) : mergeThree(ours, base, { theirs, labels });
}

function mergeThree(
  ours: readonly string[],
  base: readonly string[],
  { theirs, labels }: { readonly theirs: readonly string[]; readonly labels: MergeLabels },
): MergedLines {
  let conflicts = 0;
  const lines = diff3MergeRegions([...ours], [...base], [...theirs]).flatMap((region) => {
    if (region.stable) return region.bufferContent;
    const { aContent, oContent, bContent } = region;
    if (isEqual(aContent, bContent)) return aContent;
    conflicts += 1;
    return markConflict({ ours: aContent, base: oContent, theirs: bContent }, labels);
  });
  return { lines, conflicts };
}

function markDifferences(ours: readonly string[], theirs: readonly string[], labels: MergeLabels): MergedLines {
  const lines: string[] = [];
  const differences = diffIndices([...ours], [...theirs]);
  let at = 0;
  for (const { buffer1, buffer1Content, buffer2Content } of differences) {
    lines.push(...ours.slice(at, buffer1[0]), ...markConflict({ ours: buffer1Content, theirs: buffer2Content }, labels));
    at = buffer1[0] + buffer1[1];
  }
  return { lines: [...lines, ...ours.slice(at)], conflicts: differences.length };
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (endsOpen(text) ? text : text.slice(0, -1)).split('\n');
}

function endsOpen(text: string): boolean {
  return text !== '' && !text.endsWith('\n');
}
