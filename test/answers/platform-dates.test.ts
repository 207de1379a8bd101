import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { node } from '../../src/answers/node.ts';
import { dueDates, platformDates } from '../../src/answers/platform-dates.ts';

const schedule = createRequire(import.meta.url)('node-releases/data/release-schedule/release-schedule.json') as Readonly<
  Record<string, { readonly end: string }>
>;

describe('the dates of platforms', () => {
  for (const { value } of node.choices ?? []) {
    const rows = platformDates.filter(({ question, answer }) => question === 'node' && answer === value);

    it(`end Node.js ${value} when its release schedule does`, () => {
      const ends = rows.filter(({ event }) => event.startsWith('Node.js')).map(({ date }) => date);
      assert.deepEqual(ends, [schedule[`v${value}`]!.end]);
    });

    it(`have Lambda retire nodejs${value}.x no sooner than Node.js does`, () => {
      const dates = rows.filter(({ event }) => event.startsWith('Lambda')).map(({ date }) => date);
      assert.equal(dates.length, 2);
      for (const date of dates) assert.ok(date >= schedule[`v${value}`]!.end, date);
    });
  }

  for (const [today, expected] of [
    ['2026-10-01', []],
    ['2026-11-26', [false, false]],
    ['2027-04-30', [true, true, false]],
    ['2027-07-01', [true, true, true]],
  ] as const)
    it(`are told half a year ahead, on ${today}`, () =>
      assert.deepEqual(
        dueDates({ node: '22' }, new Date(today)).map(({ isPast }) => isPast),
        expected,
      ));

  it('concern nobody who chose something else', () => assert.deepEqual(dueDates({ node: '24' }, new Date('2027-07-01')), []));
});
