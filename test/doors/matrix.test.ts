import assert from 'node:assert/strict';

import { openLocalDoor } from './doors.ts';
import { createHandlers } from './gateways.ts';
import { listeners } from './matrix-listeners.ts';
import { runMatrix } from './matrix.ts';
import { createStreamingHandlers } from './streaming.ts';

describe('both doors', function () {
  this.timeout(120_000);
  const table: Record<string, object> = {};
  const { error } = console;
  before(() => (console.error = () => {}));
  after(() => {
    console.error = error;
    console.table(table);
  });

  const kinds = { whole: createHandlers, streamed: createStreamingHandlers };
  const runs = Object.entries(listeners).flatMap(([name, run]) =>
    Object.entries(kinds).map((kind) => [name, run, kind] as const),
  );
  for (const [name, { listener, cases }, [kind, createAll]] of runs) {
    it(`give a ${name} listener the same request, and its client the same answer, ${kind}`, async () => {
      const door = await openLocalDoor(listener);
      const handlers = createAll(listener);
      try {
        const outcome = await runMatrix(cases, { handlers, sendLocally: door.send });
        const inherent = [...outcome.inherent.values()].reduce((sum, count) => sum + count, 0);
        table[`${name}, ${kind}`] = {
          cases: cases.length,
          gateways: Object.keys(handlers).length,
          compared: outcome.compared,
          inherent,
          avoidable: outcome.avoidable.length,
        };
        assert.deepEqual(outcome.avoidable, []);
      } finally {
        door.close();
      }
    });
  }
});
