import assert from 'node:assert/strict';

import { createListener } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { json, send } from '../send.ts';

const listener = createListener(loadConfig({ LOG_LEVEL: 'silent' }));

describe('/hello/:name', () => {
  const greetings: [title: string, path: string, init: RequestInit, message: string][] = [
    ['greets', '/hello/Ada', {}, 'Hello, Ada!'],
    ['greets in a language', '/hello/Ada?lang=fr', {}, 'Bonjour, Ada!'],
    ['decodes the name once', '/hello/J%C3%BCrgen%20%2525', {}, 'Hello, Jürgen %25!'],
    ['greets with the words of the body', '/hello/Ada', json({ greeting: 'Ahoy' }), 'Ahoy, Ada!'],
  ];
  for (const [title, path, init, message] of greetings)
    it(title, async () => {
      const { status, body } = await send(listener, path, init);
      assert.deepEqual([status, body], [200, { message }]);
    });

  const text = 'must be a text of 1 to 40 characters';
  const known = 'must be en, de or fr';
  const faults: [title: string, path: string, init: RequestInit, field: string, message: string][] = [
    ['refuses a long name', `/hello/${'a'.repeat(41)}`, {}, 'path name', text],
    ['refuses control characters', '/hello/a%0Ab', {}, 'path name', text],
    ['says which languages it knows', '/hello/Ada?lang=xx', {}, 'query lang', known],
    ['takes one language', '/hello/Ada?lang=en&lang=de', {}, 'query lang', known],
    ['says what the body lacks', '/hello/Ada', json({}), 'body greeting', 'is missing'],
    ['takes no number', '/hello/Ada', json({ greeting: 1 }), 'body greeting', text],
  ];
  for (const [title, path, init, field, message] of faults)
    it(title, async () => {
      const { status, body } = await send(listener, path, init);
      const [place, name] = field.split(' ');
      const details = [{ in: place, name, message }];
      const error = { status: 422, message: 'The request is not valid.', details };
      assert.deepEqual([status, body], [422, { error }]);
    });
});
