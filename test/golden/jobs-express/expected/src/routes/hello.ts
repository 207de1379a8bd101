import { Router } from 'express';
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
  const router = Router();
  router.get('/hello/:name', (req, res) => {
    const { name } = parseInput(inPath, req.params, 'path');
    const { lang } = parseInput(inQuery, req.query, 'query');
    res.json({ message: `${greetings[lang]}, ${name}!` });
  });
  router.post('/hello/:name', async (req, res) => {
    const { name } = parseInput(inPath, req.params, 'path');
    const { greeting } = parseInput(inBody, await readJson(req, bodyLimit), 'body');
    res.json({ message: `${greeting}, ${name}!` });
  });
  return router;
}
