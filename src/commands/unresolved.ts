import { countConflictMarkers } from '../merge/conflict-markers.ts';
import { decodeText } from '../merge/text-format.ts';
import type { Change } from '../update/judge.ts';

/** Paths of edited files in which conflicts of an earlier update are still marked. */
export function findUnresolved(changes: readonly Change[]): string[] {
  return changes
    .filter(({ isEdited, disk }) => isEdited && disk?.kind === 'file' && hasMarkers(disk.content))
    .map(({ path }) => path);
}

function hasMarkers(content: Uint8Array): boolean {
  // Most files have none, and a search of bytes is quick.
  return (
    Buffer.from(content.buffer, content.byteOffset, content.length).includes('<<<<<<< ') &&
    countConflictMarkers(decodeText(content)?.text ?? '') > 0
  );
}
