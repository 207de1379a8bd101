import type { Content } from '../plan/overlay.ts';
import type { PlannedFile } from '../plan/plan.ts';

/** What writing a planned file would do: make it, nothing, or change a file of the user's, who must be asked. */
export type ChangeKind = 'create' | 'identical' | 'ask';

export interface Change {
  readonly kind: ChangeKind;
  readonly file: Pick<PlannedFile, 'path' | 'content' | 'executable'>;
}

/**
 * Compares planned files with what is on the disk.
 * @param current - content by path of what exists; a path that is not in it is free
 */
export function classify(files: readonly PlannedFile[], current: ReadonlyMap<string, Content>): Change[] {
  return files.map((file) => ({ kind: classifyFile(file.content, current.get(file.path)), file }));
}

function classifyFile(next: Content, current: Content | undefined): ChangeKind {
  if (current === undefined) return 'create';
  return isEqual(next, current) ? 'identical' : 'ask';
}

function isEqual(a: Content, b: Content): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  return Buffer.from(a).equals(Buffer.from(b));
}
