import { closestMatch } from 'leven';

/**
 * ` Did you mean X?` with a leading space, for the known name closest to what was typed; nothing where none is close.
 * Close means that at most a third of the letters differ; two always may.
 */
export function didYouMean(typed: string, known: Iterable<string>, prefix = ''): string {
  const maxDistance = Math.max(2, Math.floor(typed.length / 3));
  const name = closestMatch(typed, [...known], { maxDistance });
  return name === undefined ? '' : ` Did you mean ${prefix}${name}?`;
}
