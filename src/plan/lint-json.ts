import type { Fault } from '../error.ts';
import { layJson, type Json } from './merge-json.ts';
import type { Overlay } from './overlay.ts';
import { parseTarget } from './target-path.ts';

/**
 * `JSON_INVALID` for each file that is to be merged and is no JSON; `JSON_KIND` for each list that an overlay lays over an object, or
 * the other way round: the merge replaces it whole, which nobody means. Files with tags are left to trial plans.
 */
export function jsonFaults({ manifest, files }: Overlay, below: readonly Overlay[]): Fault[] {
  const policies = Object.assign(
    {},
    ...below.map((other) => other.manifest.files),
    manifest.files,
  ) as Overlay['manifest']['files'];
  return Object.entries(files).flatMap(([templatePath, { content }]) => {
    const { path, isRendered } = parseTarget(templatePath);
    if (policies[path]?.policy !== 'merge-json') return [];
    const where = `${manifest.name}/files/${templatePath}`;
    const over = parse(content);
    if (over === undefined) {
      const invalid = isRendered ? undefined : layJson(undefined, { path, content }, where);
      return invalid && 'problem' in invalid ? [invalid] : [];
    }
    const unders = below.flatMap((other) => Object.entries(other.files).filter(([under]) => parseTarget(under).path === path));
    return unders.flatMap(([, { content: under }]) => compare(parse(under), over, where)).slice(0, 1);
  });
}

function compare(under: Json | undefined, over: Json, where: string): Fault[] {
  const [a, b] = [kindOf(under), kindOf(over)];
  if (a === 'other' || b === 'other') return [];
  if (a !== b) {
    const problem = `${where}: ${b === 'list' ? 'a list' : 'an object'} lies over ${a === 'list' ? 'a list' : 'an object'}.`;
    return [{ code: 'JSON_KIND', problem, fix: 'Give it the form of what it is merged with; null takes a key out.' }];
  }
  if (a === 'list') return [];
  const object = under as Readonly<Record<string, Json>>;
  return Object.entries(over as Readonly<Record<string, Json>>).flatMap(([key, value]) =>
    Object.hasOwn(object, key) ? compare(object[key], value, `${where}: ${key}`) : [],
  );
}

function kindOf(value: Json | undefined): 'list' | 'object' | 'other' {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' && value !== null ? 'object' : 'other';
}

/** A tag stands between quotes, where it is a text like any other; what is no JSON is found elsewhere. */
function parse(content: Overlay['files'][string]['content']): Json | undefined {
  try {
    return JSON.parse(String(content)) as Json;
  } catch {
    return undefined;
  }
}
