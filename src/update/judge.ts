import { hash } from 'node:crypto';
import type { Content } from '../plan/overlay.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { MergeLabels } from '../merge/conflict-markers.ts';
import { mergeFile } from '../merge/merge-file.ts';
import { isSameText, reformat } from '../merge/text-format.ts';
import { isExecutable, type DiskEntry, type KnownFile } from './entry.ts';

/**
 * What an update does with a file.
 * - `unchanged`: nothing; it is as it was emitted and as it would be, or the user's from the start
 * - `edited`: nothing; the user's edit stands and the generator has nothing new · `moved`: the same, under its new name
 * - `created`, `updated`, `removed`: written or taken away; there was no edit
 * - `merged`: edit and news are both in it · `conflict`: they meet at the same place, so somebody decides
 * - `deleted`: the user took it away, and it stays away · `orphaned`: edited and no longer emitted, so it is the user's now
 */
export type Fate =
  | 'unchanged'
  | 'edited'
  | 'moved'
  | 'created'
  | 'updated'
  | 'removed'
  | 'merged'
  | 'conflict'
  | 'deleted'
  | 'orphaned';

/** Why somebody must decide: both changed the same lines; a file of the user's is in the way; one that is not text; a link. */
export type ConflictReason = 'overlap' | 'own-file' | 'not-text' | 'link';

export interface NextFile {
  readonly content: Content;
  readonly executable: boolean;
  /** Permission bits of the file that it replaces. */
  readonly mode?: number;
}

export interface Conflict {
  readonly reason: ConflictReason;
  /** Marked places in `merged`; 0 where nothing can be marked. */
  readonly places: number;
  /** The user's text and the new one with markers; without it, merging leaves the user's file. */
  readonly merged?: Uint8Array;
  readonly theirs: NextFile;
}

export interface Change {
  readonly path: string;
  /** Its path until now, if that was another one. */
  readonly from?: string | undefined;
  readonly fate: Fate;
  /** Whether the user changed what was emitted. */
  readonly isEdited: boolean;
  /** Whether it is worth saying; what was said before is not. */
  readonly isNews: boolean;
  /** What stands there, or at `from`. */
  readonly disk?: DiskEntry | undefined;
  /** What is to be written. */
  readonly next?: NextFile;
  readonly conflict?: Conflict;
  /** Sentences on single lines that were decided, such as a newer version of a package. */
  readonly notes: readonly string[];
}

/** All that is known of one path. */
export interface Case {
  readonly path: string;
  readonly from?: string | undefined;
  readonly known?: KnownFile | undefined;
  readonly disk?: DiskEntry | undefined;
  readonly planned?: PlannedFile | undefined;
  /** The user asks for a deleted file again. */
  readonly isRestored?: boolean;
}

/** Decides what becomes of one file, by what was emitted, what is there, and what would be emitted now. */
export function judge(given: Case, labels: MergeLabels): Change {
  const { known, disk, planned } = given;
  if (planned === undefined) return judgeUnplanned(given);
  if (disk === undefined) return judgeAbsent(given, planned);
  if (planned.policy === 'once' && !isUntouched(given)) return change(given, 'unchanged');
  if (disk.kind !== 'file') return judgeOther(given, planned);
  if (isSame(disk.content, planned)) return withMode(given, change(given, 'unchanged'));
  if (known === undefined) return merge(given, planned, labels);
  if (isSame(disk.content, known)) return updated(given, planned);
  if (isSameAsPlanned(known, planned)) return withMode(given, change(given, 'edited', { isEdited: true }));
  return merge(given, planned, labels);
}

/** An example is the user's as soon as it was edited, and until then it goes with the code around it. */
function isUntouched({ known, disk }: Case): boolean {
  return known !== undefined && disk?.kind === 'file' && isSame(disk.content, known);
}

function change({ path, from, disk }: Case, fate: Fate, more: Partial<Change> = {}): Change {
  return { path, from, disk, fate, isEdited: false, isNews: fate !== 'unchanged' && fate !== 'edited', notes: [], ...more };
}

function judgeUnplanned(given: Case): Change {
  const { known, disk } = given;
  if (disk === undefined || known === undefined || known.policy === 'once') return change(given, 'unchanged');
  if (disk.kind === 'file' && isSame(disk.content, known)) return change(given, 'removed');
  return change(given, 'orphaned', { isEdited: true });
}

function judgeAbsent(given: Case, planned: PlannedFile): Change {
  const { known, isRestored = false } = given;
  if (known === undefined || isRestored) return change(given, 'created', { next: nextOf(planned) });
  const isNews = planned.policy !== 'once' && !known.isDeleted;
  return change(given, 'deleted', { isEdited: planned.policy !== 'once', isNews });
}

/** A link in place of a file is an edit. Nothing can be merged into it, nor is it followed. */
function judgeOther(given: Case, planned: PlannedFile): Change {
  if (given.known !== undefined && isSameAsPlanned(given.known, planned)) return change(given, 'edited', { isEdited: true });
  return change(given, 'conflict', {
    isEdited: true,
    conflict: { reason: 'link', places: 0, theirs: nextOf(planned) },
  });
}

function updated(given: Case, planned: PlannedFile): Change {
  const { disk, known } = given as { disk: { content: Uint8Array; mode: number }; known: KnownFile };
  const content = typeof planned.content === 'string' ? reformat(planned.content, disk.content, known.text) : planned.content;
  return change(given, 'updated', { next: replacing(given, planned, content) });
}

/** The user's text and the new one in one; where they meet at the same place, or nothing can be merged, somebody decides. */
function merge(given: Case, planned: PlannedFile, labels: MergeLabels): Change {
  const { disk, known, path } = given as Case & { disk: { content: Uint8Array } };
  const { content: next } = planned;
  const base = known?.text;
  const result =
    typeof next === 'string' && (known === undefined || base !== undefined)
      ? mergeFile({ path, base, disk: disk.content, next, labels })
      : ({ kind: 'unmergeable' } as const);
  const theirs = replacing(given, planned, typeof next === 'string' ? reformat(next, disk.content, base) : next);
  if (result.kind === 'unmergeable') {
    return change(given, 'conflict', { isEdited: true, conflict: { reason: 'not-text', places: 0, theirs } });
  }
  const { content, conflicts: places, notes } = result;
  if (known !== undefined && places === 0) {
    return change(given, 'merged', { isEdited: true, next: replacing(given, planned, content), notes });
  }
  const reason = known === undefined ? 'own-file' : 'overlap';
  return change(given, 'conflict', { isEdited: true, conflict: { reason, places, merged: content, theirs }, notes });
}

/** A file that lies as it should may still have to become executable, or cease to be; an edit of it moves with it. */
function withMode(given: Case, judged: Change): Change {
  const { known, planned, disk, from } = given as Case & { planned: PlannedFile; disk: { content: Uint8Array; mode: number } };
  const isModeNew = known !== undefined && known.executable !== planned.executable && isExecutable(disk) !== planned.executable;
  if (from === undefined && !isModeNew) return judged;
  const next = replacing(given, planned, disk.content);
  if (judged.fate === 'unchanged') return { ...judged, fate: 'updated', isNews: true, next };
  return { ...judged, fate: isModeNew ? 'merged' : 'moved', isNews: true, next };
}

function nextOf({ content, executable }: PlannedFile): NextFile {
  return { content, executable };
}

/** The mode on the disk is the user's, but for what the generator changes of it. */
function replacing({ disk, known }: Case, planned: PlannedFile, content: Content): NextFile {
  if (disk?.kind !== 'file') return { content, executable: planned.executable };
  const isChanged = known === undefined || known.executable !== planned.executable;
  return { content, executable: isChanged ? planned.executable : isExecutable(disk), mode: disk.mode };
}

type Emitted = Pick<PlannedFile, 'content'> | Pick<KnownFile, 'text' | 'sha256'>;

function isSame(disk: Uint8Array, emitted: Emitted): boolean {
  const content = 'content' in emitted ? emitted.content : emitted.text;
  if (typeof content === 'string') return isSameText(disk, content);
  return content === undefined ? hash('sha256', disk) === (emitted as KnownFile).sha256 : Buffer.from(content).equals(disk);
}

function isSameAsPlanned(known: KnownFile, { content }: PlannedFile): boolean {
  if (known.text !== undefined && typeof content === 'string') return known.text === content;
  return hash('sha256', content) === known.sha256;
}
