import { isDeepStrictEqual } from 'node:util';
import { applyEdits, getNodeValue, modify, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { isObject, type Json, type JsonObject } from '../plan/merge-json.ts';
import type { MergeLabels } from './conflict-markers.ts';
import { jsonAt, listJsonChanges, type JsonChange, type JsonPath } from './json-changes.ts';
import { mergeTexts, type ThreeTexts } from './merge-text.ts';
import { newerVersion } from './newer-version.ts';

export interface MergedJson {
  readonly text: string;
  /** Values that both sides changed, each in its own way; the text has markers around them. */
  readonly conflicts: number;
  readonly notes: readonly string[];
}

/** What becomes of one change: a value to be set (or taken out), nothing, or a conflict. */
type Verdict =
  | { readonly kind: 'set'; readonly path: JsonPath; readonly value: Json | undefined; readonly note?: string }
  | { readonly kind: 'stay'; readonly note?: string }
  | { readonly kind: 'conflict'; readonly change: JsonChange };

/**
 * Merges JSON by its structure, comments and trailing commas allowed; the user's order, indentation and comments stay.
 * @returns nothing where one of the texts is no JSON object, or has a key twice
 */
export function mergeJsonTexts(
  path: string,
  { ours, base, theirs }: Required<ThreeTexts>,
  labels: MergeLabels,
): MergedJson | undefined {
  const [own, old, next] = [parseObject(ours), parseObject(base ?? ''), parseObject(theirs)];
  if (own === undefined || old === undefined || next === undefined || base === undefined) return undefined;
  const isPackage = /(?:^|\/)package\.json$/.test(path);
  const verdicts = listJsonChanges(old, next).flatMap((change) => judgeChange(change, own, isPackage));
  const notes = verdicts.flatMap((verdict) => ('note' in verdict && verdict.note !== undefined ? [verdict.note] : []));
  const sets = verdicts.filter((verdict) => verdict.kind === 'set');
  const conflicts = verdicts.flatMap((verdict) => (verdict.kind === 'conflict' ? [verdict.change] : []));
  // What lies in an object that the user replaced cannot be shown as a value of it.
  if (conflicts.some((change) => judgeUntouched(change, own).kind !== 'set')) return undefined;
  const settled = sets.reduce((text, { path: at, value }) => setValue(text, at, { value, next }), ours);
  if (conflicts.length === 0) return { text: preferLines({ ours, base, theirs }, settled, labels), conflicts: 0, notes };
  const variant = (side: 'before' | 'after'): string =>
    conflicts.reduce((text, change) => setValue(text, change.path, { value: change[side], next }), settled);
  const marked = mergeTexts({ ours: settled, base: variant('before'), theirs: variant('after') }, labels);
  return marked.conflicts === 0 ? undefined : { ...marked, notes };
}

/** Where merging line by line says the same, its text is taken: it keeps what was emitted as it was emitted. */
function preferLines(texts: ThreeTexts, settled: string, labels: MergeLabels): string {
  const byLines = mergeTexts(texts, labels);
  if (byLines.conflicts > 0) return settled;
  const value = parseObject(byLines.text);
  return value !== undefined && isDeepStrictEqual(value, parseObject(settled)) ? byLines.text : settled;
}

function judgeChange(change: JsonChange, own: JsonObject, isPackage: boolean): Verdict[] {
  const { path, before, after } = change;
  const mine = jsonAt(own, path);
  const name = path.join('.');
  if (isDeepStrictEqual(mine, after)) return [];
  if (isDeepStrictEqual(mine, before)) return [judgeUntouched(change, own)];
  if (after === undefined) return [{ kind: 'stay', note: `"${name}" is no longer emitted; yours stays.` }];
  if (mine === undefined) return [{ kind: 'stay', note: `"${name}" changed; you took it out, and it stays out.` }];
  if (isObject(mine) && isObject(after)) {
    return listJsonChanges({}, after).flatMap((inner) =>
      judgeChange({ ...inner, path: [...path, ...inner.path] }, own, isPackage),
    );
  }
  const united = uniteArrays(before, mine, after);
  if (united !== undefined) return [{ kind: 'set', path, value: united }];
  return [isPackage ? judgeVersion(change, mine) : { kind: 'conflict', change }];
}

/** The object that a change lies in was emitted; the user may have taken it out, or put something else in its place. */
function judgeUntouched(change: JsonChange, own: JsonObject): Verdict {
  const { path, after } = change;
  const above = path.slice(0, -1).map((_, index) => jsonAt(own, path.slice(0, index + 1)));
  if (above.every(isObject)) return { kind: 'set', path, value: after };
  if (above.includes(undefined)) return { kind: 'stay', note: `"${path.join('.')}" changed; you took it out, and it stays out.` };
  return { kind: 'conflict', change };
}

const versioned = new Set(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'engines']);

function judgeVersion(change: JsonChange, mine: Json): Verdict {
  const { path, before, after } = change;
  const [map = '', name = ''] = path;
  const isVersion = path.length === 2 && versioned.has(map);
  if (!isVersion || typeof before !== 'string' || typeof mine !== 'string' || typeof after !== 'string')
    return { kind: 'conflict', change };
  const newer = newerVersion(before, mine, after);
  if (newer === undefined) return { kind: 'conflict', change };
  return newer === 'ours'
    ? { kind: 'stay', note: `${name}: yours, ${mine}, is no older than ${after} and stays.` }
    : { kind: 'set', path, value: after, note: `${name}: ${after} is newer than yours, ${mine}.` };
}

/** Lists of plain values are sets: what the update adds and takes out is added to and taken out of the user's. */
function uniteArrays(before: Json | undefined, mine: Json, after: Json): Json | undefined {
  if (!isPlainList(before) || !isPlainList(mine) || !isPlainList(after)) return undefined;
  const kept = mine.filter((value) => after.includes(value) || !before.includes(value));
  return [...kept, ...after.filter((value) => !before.includes(value) && !mine.includes(value))];
}

function isPlainList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
}

function setValue(
  text: string,
  path: JsonPath,
  { value, next }: { readonly value: Json | undefined; readonly next: JsonObject },
): string {
  const edits = modify(text, [...path], value, {
    formattingOptions: indentOf(text),
    getInsertionIndex: (keys) => placeOf(path.at(-1)!, keys, Object.keys((jsonAt(next, path.slice(0, -1)) ?? {}) as JsonObject)),
  });
  return applyEdits(text, edits);
}

/** Where a new key goes: in order where the user's keys are, else behind the one that it follows in what is emitted. */
function placeOf(key: string, keys: readonly string[], emitted: readonly string[]): number {
  if (keys.length > 1 && isDeepStrictEqual(keys, keys.toSorted())) return keys.filter((other) => other < key).length;
  const before = emitted.slice(0, emitted.indexOf(key)).findLast((other) => keys.includes(other));
  return before === undefined ? (emitted.includes(key) ? 0 : keys.length) : keys.indexOf(before) + 1;
}

function indentOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol: '\n' };
}

function parseObject(text: string): JsonObject | undefined {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (tree?.type !== 'object' || errors.length > 0 || hasTwins(tree)) return undefined;
  return getNodeValue(tree) as JsonObject;
}

function hasTwins({ type, children = [] }: Node): boolean {
  const keys = type === 'object' ? children.map((property) => property.children?.[0]?.value as string) : [];
  return new Set(keys).size < keys.length || children.some(hasTwins);
}
