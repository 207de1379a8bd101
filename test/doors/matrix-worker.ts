import { parentPort } from 'node:worker_threads';
import { createQueue } from '../queue.ts';
import { openLocalDoor } from './doors.ts';
import { createHandlers } from './gateways.ts';
import { listeners } from './matrix-listeners.ts';
import { runMatrix } from './matrix.ts';

/** What the matrix found for one listener inside of a worker. */
export interface WorkerOutcome {
  readonly name: string;
  readonly compared: number;
  readonly avoidable: readonly string[];
}

console.error = () => {};
for (const [name, { listener, cases }] of Object.entries(listeners)) {
  const door = await openLocalDoor(listener);
  // The client of the local door takes a second of silence for no answer.
  const queue = createQueue(8);
  const sendLocally: typeof door.send = (sent) => queue(() => door.send(sent));
  const doors = { handlers: createHandlers(listener), sendLocally };
  // As many as Lambda sends to one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-nodejs-runtime.html
  const { compared, avoidable } = await runMatrix(cases, doors, 64);
  // oxlint-disable-next-line require-post-message-target-origin -- that of windows, which a port is none of
  parentPort?.postMessage({ name, compared, avoidable } satisfies WorkerOutcome);
  door.close();
}
