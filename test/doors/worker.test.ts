import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { WorkerOutcome } from './matrix-worker.ts';

describe('both doors in a worker, as on Lambda Managed Instances', function () {
  this.timeout(180_000);

  it('agree on every case, 64 at once', async () => {
    const worker = new Worker(new URL('matrix-worker.ts', import.meta.url));
    const exit = once(worker, 'exit');
    const outcomes: WorkerOutcome[] = [];
    worker.on('message', (outcome: WorkerOutcome) => outcomes.push(outcome));
    assert.deepEqual(await exit, [0]);
    assert.deepEqual(
      outcomes.map(({ name, avoidable }) => [name, avoidable]),
      [
        ['plain', []],
        ['Koa', []],
        ['Express', []],
      ],
    );
    for (const { compared } of outcomes) assert.ok(compared > 500, String(compared));
  });
});
