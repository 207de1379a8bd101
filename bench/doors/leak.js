import { setImmediate as nextTurn } from 'node:timers/promises';

import { emitProject } from './project.ts';

// node --expose-gc leak.js: 50,000 invocations of one handler; the heap is measured after every 5,000.
const collect = globalThis.gc;
if (collect === undefined) throw new Error('Run it with --expose-gc.');
await emitProject();
const { handler } = await import('./contestants/door.js');
const context = { awsRequestId: 'leak', getRemainingTimeInMillis: () => 29_000 };
const requestContext = { http: { method: 'GET', sourceIp: '203.0.113.7' }, stage: '$default' };

for (let round = 0; round <= 10; round += 1) {
  for (let at = 0; at < 5000; at += 1) {
    await handler({ version: '2.0', rawPath: `/hello/${at}`, headers: { host: 'x' }, requestContext }, context);
    // As Lambda's client does for the next invocation: node frees some of a connection when the event loop turns.
    await nextTurn();
  }
  collect();
  console.log(`${(round + 1) * 5000}`.padStart(6), `${(process.memoryUsage().heapUsed / 1024).toFixed(0)} kB`);
}
