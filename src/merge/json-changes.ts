import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../plan/merge-json.ts';

export type JsonPath = readonly string[];

/** A value that differs between two JSON texts; `undefined` where it is not there. */
export interface JsonChange {
  readonly path: JsonPath;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What changed, as deep in objects as they are on both sides; an array is one value. */
export function listJsonChanges(before: JsonObject, after: JsonObject, path: JsonPath = []): JsonChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key): JsonChange[] => {
    const [old, next] = [own(before, key), own(after, key)];
    if (isDeepStrictEqual(old, next)) return [];
    if (isObject(old) && isObject(next)) return listJsonChanges(old, next, [...path, key]);
    return [{ path: [...path, key], before: old, after: next }];
  });
}

/** The value at a path; nothing where a part of it is not there or no object. */
export function jsonAt(value: Json, path: JsonPath): Json | undefined {
  let at: Json | undefined = value;
  for (const key of path) at = isObject(at) ? own(at, key) : undefined;
  return at;
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
