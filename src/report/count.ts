/** `1 file`, `2 files`, `1,200 lines`: the same in every locale. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
