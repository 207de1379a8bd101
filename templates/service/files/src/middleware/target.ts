/**
 * Tells whether a request's target can be read: as a URL, and its path as UTF-8. Frameworks differ in what they make of
 * others, from a 500 to a parameter that is still encoded.
 */
export function isWellFormed(target = ''): boolean {
  // OPTIONS may ask about the server as a whole.
  if (target === '*') return true;
  if (!URL.canParse(target.startsWith('/') ? `http://localhost${target}` : target)) return false;
  try {
    return decodeURIComponent(pathOf(target)) !== '';
  } catch {
    return false;
  }
}

/** @returns the path of a target, which may begin with scheme and host, without the query */
export function pathOf(target = ''): string {
  return target.replace(/^\w+:\/\/[^/?]*/, '').replace(/\?.*$/s, '') || '/';
}
