/** Starts tasks in order, no more than `places` at a time; every task's promise is there at once. */
export function startAll<T, R>(items: readonly T[], places: number, task: (item: T) => Promise<R>): ReadonlyMap<T, Promise<R>> {
  const started = new Map(items.map((item) => [item, Promise.withResolvers<R>()]));
  const queue = started.entries();
  const work = async (): Promise<void> => {
    for (const [item, { resolve, reject }] of queue) await task(item).then(resolve, reject);
  };
  for (let place = 0; place < places; place += 1) void work();
  return new Map(Array.from(started, ([item, { promise }]) => [item, promise]));
}
