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
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(expired, ['early']);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual(expired.slice(0, 2), ['early', 'late']);
  });
});
