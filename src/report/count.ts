/** `1 file`, `2 files`, `1,200 lines`: the same in every locale. Node's own number formats take 20 ms to load. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  const grouped = String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped} ${number === 1 ? noun : plural}`;
}
