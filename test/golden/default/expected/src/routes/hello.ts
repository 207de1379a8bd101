import { Router } from '@koa/router';
import * as v from 'valibot';

import type { Config } from '../config.ts';
import { parseInput } from '../input.ts';
import { readJson } from '../json-body.ts';

const greetings = { en: 'Hello', de: 'Hallo', fr: 'Bonjour' };

const wanted = 'must be a text of 1 to 40 characters';
const text = v.pipe(v.string(wanted), v.regex(/^\P{Cc}{1,40}$/u, wanted));
const inPath = v.object({ name: text });
const inQuery = v.object({ lang: v.optional(v.picklist(['en', 'de', 'fr'], 'must be en, de or fr'), 'en') });
const inBody = v.object({ greeting: text });

/** The example: a path parameter, a query and a JSON body, each validated. */
export function hello({ bodyLimit }: Config): Router {
  const router = new Router();
  router.get('/hello/:name', (ctx) => {
    const { name } = parseInput(inPath, ctx.params, 'path');
    const { lang } = parseInput(inQuery, ctx.query, 'query');
    ctx.body = { message: `${greetings[lang]}, ${name}!` };
  });
  router.post('/hello/:name', async (ctx) => {
    const { name } = parseInput(inPath, ctx.params, 'path');
    const { greeting } = parseInput(inBody, await readJson(ctx.req, bodyLimit), 'body');
    ctx.body = { message: `${greeting}, ${name}!` };
  });
  return router;
}
