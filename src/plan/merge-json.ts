import type { Fault } from '../error.ts';
import type { Content } from './overlay.ts';

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = Readonly<Record<string, Json>>;

// The order in which npm's own documentation and most repositories have them.
const packageKeys = [
  'name', 'version', 'private', 'description', 'keywords', 'license', 'type', 'engines', 'bin', 'main', 'exports', 'imports', 'files', 'scripts',
  'dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides', 'allowScripts',
]; // prettier-ignore

const sortedKeys = new Set(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']);

/**
 * Lays one JSON value over another: objects merge, arrays unite, `null` deletes, anything else replaces.
 * Neither argument is changed.
 */
export function mergeJson(under: Json, over: Json): Json {
  if (Array.isArray(under) && Array.isArray(over)) return unite(under, over);
  if (!isObject(under) || !isObject(over)) return isObject(over) ? withoutNulls(over) : over;
  const merged: Record<string, Json> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else define(merged, key, Object.hasOwn(merged, key) ? mergeJson(merged[key]!, value) : mergeJson({}, value));
  }
  return merged;
}

/**
 * Lays a planned JSON file over the one that earlier overlays planned, if any, and writes it as a person would.
 * @returns the file, or the fault `JSON_INVALID`
 */
export function layJson<File extends JsonFile>(under: JsonFile | undefined, over: File, where: string): File | Fault {
  try {
    const next = mergeJson(under ? (JSON.parse(String(under.content)) as Json) : {}, JSON.parse(String(over.content)) as Json);
    return { ...over, content: formatJson(over.path, next) };
  } catch (error) {
    return {
      code: 'JSON_INVALID',
      problem: `${where}: ${(error as Error).message}.`,
      fix: 'A file that is merged holds JSON without comments.',
    };
  }
}

interface JsonFile {
  readonly path: string;
  readonly content: Content;
}

/** JSON text in the form of common formatters: short lists on one line, but in a package.json, whose form is npm's. */
export function formatJson(path: string, value: Json): string {
  if (/(^|\/)package\.json$/.test(path) && isObject(value)) return `${JSON.stringify(orderPackage(value), null, 2)}\n`;
  return `${formatValue(value, '')}\n`;
}

function formatValue(value: Json, indent: string): string {
  const inner = `${indent}  `;
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${formatValue(entry, inner)}`);
    return members.length === 0 ? '{}' : `{\n${inner}${members.join(`,\n${inner}`)}\n${indent}}`;
  }
  if (!Array.isArray(value)) return JSON.stringify(value);
  const items = (value as readonly Json[]).map((entry) => formatValue(entry, inner));
  const line = `[${items.join(', ')}]`;
  return line.length <= 80 && !line.includes('\n') ? line : `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`;
}

function unite(under: readonly Json[], over: readonly Json[]): Json {
  const known = new Set(under.map((entry) => JSON.stringify(entry)));
  return [...under, ...over.filter((entry) => !known.has(JSON.stringify(entry)))];
}

function withoutNulls(value: JsonObject): Json {
  const kept: Record<string, Json> = {};
  for (const [key, entry] of Object.entries(value))
    if (entry !== null) define(kept, key, isObject(entry) ? withoutNulls(entry) : entry);
  return kept;
}

/** `__proto__` as a key is a key like any other in JSON. */
function define(object: Record<string, Json>, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function orderPackage(value: JsonObject): Json {
  const rank = (key: string): number => (packageKeys.includes(key) ? packageKeys.indexOf(key) : packageKeys.length);
  const entries = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(
    entries.map(([key, entry]) => [key, sortedKeys.has(key) && isObject(entry) ? sortKeys(entry) : entry]),
  );
}

/** By code unit, as npm does, so that the order is the same in every locale. */
function sortKeys(value: JsonObject): Json {
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
