/**
 * Writes the ends of Node.js's lines into src/answers/platform-dates.ts, as its release schedule has them, and says what is left to
 * read by hand. Run `npm run platform-dates` after raising node-releases, and for each new line that is offered.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const file = new URL('../src/answers/platform-dates.ts', import.meta.url);
const schedule = createRequire(import.meta.url)('node-releases/data/release-schedule/release-schedule.json') as Readonly<
  Record<string, { readonly end: string } | undefined>
>;

const text = await readFile(file, 'utf8');
const written = text.replaceAll(/(\{ line: '(\d+)', end: ')[\d-]+/g, (row, start: string, line: string) => {
  const { end } = schedule[`v${line}`] ?? {};
  if (end === undefined) throw new Error(`The release schedule has no line ${line}: raise node-releases.`);
  console.log(`Node.js ${line} ends on ${end}${row.endsWith(end) ? '' : ', which is new'}.`);
  return start + end;
});
await writeFile(file, written);
const [, runtimes = ''] = /lambdaRuntimes = '([^']+)'/.exec(text) ?? [];
console.log(`Lambda says when it stops updating functions here, for lastUpdate: ${runtimes}`);
