import { sharedEnds } from './shared-ends.ts';

/** What the sides of a conflict are called where they are marked; one line each. */
export interface MergeLabels {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

/** Lines of one place where two texts meet. Without a common ancestor there is no `base`. */
export interface Meeting {
  readonly ours: readonly string[];
  readonly base?: readonly string[];
  readonly theirs: readonly string[];
}

/** The lines of a marked place, in the form of git's zdiff3: what both sides begin and end with alike stands outside of the markers. */
export function markConflict({ ours, base, theirs }: Meeting, labels: MergeLabels): string[] {
  const { head, tail } = sharedEnds([ours, theirs]);
  return [
    ...ours.slice(0, head),
    `<<<<<<< ${labels.ours}`,
    ...ours.slice(head, ours.length - tail),
    ...(base === undefined ? [] : [`||||||| ${labels.base}`, ...base]),
    '=======',
    ...theirs.slice(head, theirs.length - tail),
    `>>>>>>> ${labels.theirs}`,
    ...ours.slice(ours.length - tail),
  ];
}

/** How many marked places a text has: all three markers, in their order. */
export function countConflictMarkers(text: string): number {
  return Array.from(text.matchAll(/^<{7} .*\r?\n(?:(?!<{7} ).*\n)*?={7}\r?\n(?:(?!<{7} ).*\n)*?>{7} /gm)).length;
}
