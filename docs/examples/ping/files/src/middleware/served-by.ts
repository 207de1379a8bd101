import type { Context, Next } from 'koa';

/** Names the house in every answer. */
export async function servedBy(context: Context, next: Next): Promise<void> {
  context.set('x-served-by', 'acme');
  await next();
}
