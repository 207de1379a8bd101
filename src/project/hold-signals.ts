import { setImmediate } from 'node:timers/promises';
import { Interrupted } from '../error.ts';

/** Gives the work up where SIGINT or SIGTERM came. @throws {@link Interrupted} */
export type Checkpoint = () => Promise<void>;

/** Runs work that a signal ends only at its checkpoints. */
export async function holdSignals<T>(work: (checkpoint: Checkpoint) => Promise<T>): Promise<T> {
  let isInterrupted = false;
  // With a listener, Ctrl-C waits for the event loop, which is ours between the checkpoints.
  const onSignal = (): void => void (isInterrupted = true);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await work(async () => {
      // Signals are delivered between two rounds of the loop; the first round may have begun before we did.
      await setImmediate();
      await setImmediate();
      if (isInterrupted) throw new Interrupted();
    });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
