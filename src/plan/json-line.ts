/**
 * The line, from 1, on which a value of a JSON text begins, or its key where it has one.
 * @param path - keys and indices from the top
 * @returns `undefined` where the text has no such value
 */
export function lineInJson(text: string, path: readonly (string | number)[]): number | undefined {
  const wanted = JSON.stringify(path);
  // What leads to the token at hand: for each bracket that is open, the key or the index within it.
  const open: (string | number)[] = [];
  let line = 1;
  let at = 0;
  if (wanted === '[]') return 1;
  for (const { 0: token, index } of text.matchAll(/"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    line += text.slice(at, index).split('\n').length - 1;
    at = index;
    const isKey = token.startsWith('"') && /^\s*:/.test(text.slice(index + token.length));
    if (isKey) open[open.length - 1] = JSON.parse(token) as string;
    if ((isKey || typeof open.at(-1) === 'number') && token !== ']' && JSON.stringify(open) === wanted) return line;
    if (token === '{') open.push('');
    else if (token === '[') open.push(0);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && typeof open.at(-1) === 'number') open[open.length - 1] = Number(open.at(-1)) + 1;
  }
  return undefined;
}
