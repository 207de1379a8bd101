import compare from 'semver/functions/compare.js';
import minVersion from 'semver/ranges/min-version.js';

/**
 * Which of two version ranges reaches higher, where both were raised.
 * @returns nothing where one was lowered, or is no range of versions: a tag, an address, a link to a workspace
 */
export function newerVersion(base: string, ours: string, theirs: string): 'ours' | 'theirs' | undefined {
  const [from, own, next] = [base, ours, theirs].map(lowest);
  if (from === undefined || own === undefined || next === undefined) return undefined;
  if (compare(own, from) < 0 || compare(next, from) < 0) return undefined;
  return compare(own, next) >= 0 ? 'ours' : 'theirs';
}

function lowest(range: string): string | undefined {
  try {
    return minVersion(range)?.version;
  } catch {
    return undefined;
  }
}
