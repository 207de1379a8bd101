/** How many lines all sides begin with, and how many of the rest they end with. */
export function sharedEnds(sides: readonly (readonly string[])[]): { readonly head: number; readonly tail: number } {
  const [first = []] = sides;
  const shortest = Math.min(...sides.map(({ length }) => length));
  let head = 0;
  while (head < shortest && sides.every((side) => side[head] === first[head])) head += 1;
  let tail = 0;
  while (tail < shortest - head && sides.every((side) => side.at(-1 - tail) === first.at(-1 - tail))) tail += 1;
  return { head, tail };
}
