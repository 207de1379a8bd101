import { parentPort } from 'node:worker_threads';
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
  const doors = { handlers: createHandlers(listener), sendLocally: takeTurns(door.send, 8) };
  // As many as Lambda sends to one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-nodejs-runtime.html
  const { compared, avoidable } = await runMatrix(cases, doors, 64);
  // oxlint-disable-next-line require-post-message-target-origin -- that of windows, which a port is none of
  parentPort?.postMessage({ name, compared, avoidable } satisfies WorkerOutcome);
  door.close();
}

/** Lets so many be under way at once: the client of the local door takes a second of silence for no answer. */
function takeTurns<Input, Output>(send: (input: Input) => Promise<Output>, most: number): typeof send {
  const turns = Array.from({ length: most }, () => Promise.resolve<unknown>(undefined));
  let next = 0;
  return (input) => {
    const turn = next++ % most;
    const sent = (turns[turn] ?? Promise.resolve()).then(() => send(input));
    turns[turn] = sent.catch(() => {});
    return sent;
  };
}
