/**
 * Tells whether the target of a request is a URL whose path can be decoded. Frameworks differ on others: one fails,
 * another passes them on encoded.
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

/**
 * Takes off the path that a domain maps to this service. Whole segments only: `/orders` is the start of `/orders/7`
 * and of `/orders?id=7`, but not of `/orders7`.
 */
export function trimBasePath(target: string, basePath: string): string {
  const rest = target.startsWith(basePath) ? target.slice(basePath.length) : target;
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : target;
}
