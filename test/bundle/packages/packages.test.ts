import assert from 'node:assert/strict';

import { chooseLines } from './choose.ts';
import { installPackages, OfflineError } from './install.ts';
import type { Expected, Line } from './line.ts';
import { startAll } from './pool.ts';
import type { Got, Outcome } from './outcome.ts';
import { runLine } from './run-line.ts';
import { table } from './table.ts';

/** Two lines at a time, since each waits for its own bundler most of the time. */
const places = 2;
const { lines, reason } = chooseLines(table);

describe(`packages in an emitted project: ${reason}`, function () {
  this.timeout(600_000);
  let outcomes: ReadonlyMap<Line, Promise<Outcome>>;

  before(function () {
    try {
      const installed = installPackages();
      outcomes = startAll(lines, places, (line) => runLine(line, installed));
    } catch (error) {
      if (!(error instanceof OfflineError) || process.env['CI'] !== undefined) throw error;
      console.log(`      skipped: ${error.message}`);
      this.skip();
    }
  });

  for (const line of lines) {
    it(`${line.name} answers alike from sources and from the zip`, async () => {
      const outcome = await outcomes.get(line);
      assert.ok(outcome);
      assertGot(outcome.server, line.answer, 'the server, from sources');
      assertGot(outcome.handler, line.answer, 'the handler, from sources');
      if (outcome.refusal !== undefined) assert.fail(`make bundle failed:\n${outcome.refusal}`);
      assertGot(outcome.zip, line.answer, 'the zip');
      if (outcome.runtime !== undefined) assertGot(outcome.runtime, line.answer, 'the zip under the runtime client');
      if (line.layer !== undefined) assertGot(outcome.layered, line.layer.answer, 'the zip beneath its layer');
    });
  }
});

function assertGot(got: Got | undefined, expected: Expected, place: string): void {
  const { status, body: bytes } = got?.answer ?? { status: 0, body: '' };
  if (status !== 200) assert.fail(`${place} answered ${status}: ${bytes}\n${got?.log}`);
  const body = Buffer.from(bytes, 'latin1').toString();
  if (typeof expected === 'string') assert.equal(body, expected, place);
  else if (expected instanceof RegExp) assert.match(bytes, expected, place);
  else assert.deepEqual(JSON.parse(body), expected, place);
}
