import type { RequestHandler } from 'express';

/**
 * Lets pages of these origins call the service. The routes still decide which methods they answer.
 * @param origins - as in `https://app.example`; `*` for any; none leaves every answer as it is
 */
export function originAllower(origins: readonly string[]): RequestHandler {
  return function allowOrigins(req, res, next) {
    const origin = req.get('Origin') ?? '';
    // A cache must not give one origin's answer to another one.
    if (origins.length > 0) res.vary('Origin');
    if (origin !== '' && (origins.includes(origin) || origins.includes('*'))) {
      res.set('Access-Control-Allow-Origin', origin);
      res.set('Access-Control-Expose-Headers', 'X-Request-Id');
      if (req.method === 'OPTIONS' && req.get('Access-Control-Request-Method') !== undefined) {
        res.set('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
        res.set('Access-Control-Allow-Headers', req.get('Access-Control-Request-Headers') ?? '');
        // Two hours: browsers keep it no longer.
        res.set('Access-Control-Max-Age', '7200');
      }
    }
    next();
  };
}
