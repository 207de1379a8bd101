import assert from 'node:assert/strict';

import * as v from 'valibot';

import { parseInput } from '../../templates/service/files/src/input.ts';

const order = v.object({
  id: v.pipe(v.string(), v.maxLength(5, 'must have 5 characters at most')),
  lines: v.optional(v.array(v.object({ count: v.number() })), []),
});

describe('input', () => {
  it('types what the schema names, and drops the rest', () => {
    assert.deepEqual(parseInput(order, { id: 'a1', admin: true }, 'body'), { id: 'a1', lines: [] });
  });

  const faults: [title: string, value: unknown, name: string | null, message: RegExp][] = [
    ['a field that does not fit', { id: 'abcdef' }, 'id', /^must have 5 characters at most$/],
    ['a field that is missing', {}, 'id', /^is missing$/],
    ['a field that only a prototype has', JSON.parse('{"__proto__":{"id":"a1"}}'), 'id', /^is missing$/],
    ['a field deep inside', { id: 'a1', lines: [{ count: '2' }] }, 'lines.0.count', /number.*"2"/],
    ['a body that is missing', undefined, null, /^is missing$/],
    ['a body that is no object', 'text', null, /Object.*"text"/],
  ];
  for (const [title, value, name, message] of faults)
    it(`tells the client of ${title}`, () => {
      assert.throws(
        () => parseInput(order, value, 'body'),
        ({ status, details: [fault, ...others] }) => {
          assert.deepEqual([status, fault.in, fault.name, others], [422, 'body', name, []]);
          assert.match(fault.message, message);
          return true;
        },
      );
    });

  it('tells the client of every fault at once', () => {
    assert.throws(
      () => parseInput(order, { lines: 1 }, 'body'),
      ({ details }) => details.length === 2,
    );
  });
});
