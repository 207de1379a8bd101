import type { Plan } from '../plan/plan.ts';
import type { KnownFile } from '../update/entry.ts';
import type { Change } from '../update/judge.ts';
import type { WriteStep } from '../update/settle.ts';
import type { FoundOverlay } from './load-overlays.ts';
import { basePath, createBase, createManifest, manifestPath, recordFiles, type FileRecord } from './manifest.ts';
import { recordOverlay } from './overlay-record.ts';
import { generatorVersion } from './package-root.ts';
import { digestOf } from './path-state.ts';
import type { Records } from './read-records.ts';

export interface NextRecordsInput {
  readonly project: string;
  readonly plan: Plan;
  readonly overlays: readonly FoundOverlay[];
  readonly records: Records;
  /** What this update settles. */
  readonly changes: readonly Change[];
  /** What it leaves for a later one, whose records stay as they are. */
  readonly skipped: readonly Change[];
}

export interface RecordStep {
  readonly step: WriteStep;
  /** Whether the disk has it already. */
  readonly isSame: boolean;
}

/** Both records as they are after an update, the manifest last. */
export function nextRecords({ project, plan, overlays, records, changes, skipped }: NextRecordsInput): readonly RecordStep[] {
  const kept = new Map(skipped.flatMap(({ path, from }) => keptRecord(records, from ?? path)));
  const isLeft = new Set(skipped.map(({ path }) => path));
  const planned = { ...plan, files: plan.files.filter(({ path }) => !isLeft.has(path)) };
  const manifest = createManifest(
    planned,
    overlays.map((found) => recordOverlay(found, project)),
    generatorVersion,
  );
  const deleted = new Set(changes.filter(({ fate }) => fate === 'deleted').map(({ path }) => path));
  const files = Object.entries(manifest.files).map(([path, record]) => [path, withDeleted(record, deleted.has(path))] as const);
  const keptFiles = Array.from(kept, ([path, known]) => [path, recordOf(known)] as const);
  const keptTexts = Array.from(kept).flatMap(([path, { text }]) => (text === undefined ? [] : [[path, text] as const]));
  const written = recordFiles(
    { ...manifest, files: sorted([...files, ...keptFiles]) },
    sorted([...Object.entries(createBase(planned)), ...keptTexts]),
  );
  const onDisk: Readonly<Record<string, string | undefined>> = {
    [basePath]: records.texts.base,
    [manifestPath]: records.texts.manifest,
  };
  return written.map(({ path, content }) => ({
    step: { kind: 'write', path, content, executable: false, ...expectation(onDisk[path]) },
    isSame: onDisk[path] === content,
  }));
}

// A base that could not be read is replaced, whatever it holds.
function expectation(text: string | undefined): { readonly expected?: string } {
  return text === undefined ? {} : { expected: digestOf(text) };
}

function keptRecord({ known }: Records, path: string): [string, KnownFile][] {
  const file = known.get(path);
  return file === undefined ? [] : [[path, file]];
}

function recordOf({ policy, executable, sha256, isDeleted }: KnownFile): FileRecord {
  return {
    policy,
    ...(executable && { executable }),
    ...(sha256 !== undefined && { sha256 }),
    ...(isDeleted && { deleted: true }),
  };
}

function withDeleted(record: FileRecord, isDeleted: boolean): FileRecord {
  return isDeleted ? { ...record, deleted: true } : record;
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
