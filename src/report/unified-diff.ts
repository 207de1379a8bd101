import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { decodeText } from '../merge/text-format.ts';
import type { Content } from '../plan/overlay.ts';
import type { Change } from '../update/judge.ts';

/**
 * A unified diff from what stands on the disk to what would be written, as `git apply` takes it; nothing where nothing would change.
 * A removal is a diff to `/dev/null`. Of what is not text only the names are given.
 */
export function formatFileDiff({
  path,
  from = path,
  fate,
  disk,
  next,
}: Pick<Change, 'path' | 'from' | 'fate' | 'disk' | 'next'>): string {
  if (next === undefined && fate !== 'removed') return '';
  const before = disk?.kind === 'file' ? disk.content : undefined;
  const names = { old: before === undefined ? '/dev/null' : `a/${from}`, new: next === undefined ? '/dev/null' : `b/${path}` };
  const [oldText, newText] = [textOf(before), textOf(next?.content)];
  if (oldText === undefined || newText === undefined) return `Binary files ${names.old} and ${names.new} differ\n`;
  return createTwoFilesPatch(names.old, names.new, oldText, newText, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function textOf(content: Content | undefined): string | undefined {
  if (content === undefined) return '';
  return typeof content === 'string' ? content : decodeText(content)?.text;
}
