/** Runs at most so many at once: by default as many as the machine has processors to spare, two. */
export function createQueue(most = 2): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes: Promise<unknown>[] = Array.from({ length: most }, () => Promise.resolve());
  let next = 0;
  return (work) => {
    const lane = next++ % lanes.length;
    const result = (lanes[lane] ?? Promise.resolve()).then(work, work);
    lanes[lane] = result.catch(() => undefined);
    return result;
  };
}
