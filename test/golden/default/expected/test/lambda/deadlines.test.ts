import assert from 'node:assert/strict';

import { createDeadlines } from '../../src/lambda/deadlines.ts';

describe('deadlines', () => {
  it('expire what is open at its time, in whatever order it was added', async () => {
    const expired: string[] = [];
    const deadlines = createDeadlines();
    const limited = (name: string) => ({ expire: () => expired.push(name) });
    const closed = limited('closed');
    deadlines.add(limited('late'), 40);
    deadlines.add(limited('early'), 5);
    deadlines.add(closed, 5);
    deadlines.remove(closed);
    while (expired.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(expired, ['early', 'late']);
  });
});
