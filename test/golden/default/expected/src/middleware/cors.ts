import type { Middleware } from 'koa';

/**
 * Lets pages of these origins call the service. The routes still decide which methods they answer.
 * @param origins - as in `https://app.example`; `*` for any; none leaves every answer as it is
 */
export function originAllower(origins: readonly string[]): Middleware {
  return async function allowOrigins(ctx, next) {
    const origin = ctx.get('Origin');
    // A cache must not give one origin's answer to another one.
    if (origins.length > 0) ctx.vary('Origin');
    if (origin !== '' && (origins.includes(origin) || origins.includes('*'))) {
      ctx.set('Access-Control-Allow-Origin', origin);
      ctx.set('Access-Control-Expose-Headers', 'X-Request-Id');
      if (ctx.method === 'OPTIONS' && ctx.get('Access-Control-Request-Method') !== '') {
        ctx.set('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
        ctx.set('Access-Control-Allow-Headers', ctx.get('Access-Control-Request-Headers'));
        // Two hours: browsers keep it no longer.
        ctx.set('Access-Control-Max-Age', '7200');
      }
    }
    await next();
  };
}
