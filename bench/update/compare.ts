/**
 * What becomes of an owner's edits when their template moves on: tsflask beside copier, cruft and Yeoman, in twelve scenarios.
 * Usage: node bench/update/compare.ts <bin of a virtual environment with copier and cruft> [--write]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contestantsOf, run } from './contestants.ts';
import { compare } from './run.ts';
import { scenarios } from './scenarios.ts';

const [bin = '', ...flags] = process.argv.slice(2);
const contestants = contestantsOf(bin);
const rows = scenarios.map((scenario) => [scenario.title, ...contestants.map((contestant) => compare(contestant, scenario))]);
const versions = ['copier', 'cruft'].map((name) => versionOf(name));
const header = ['', ...contestants.map(({ name }) => name)];
const table = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const text = `With ${versions.join(', ')} and Yeoman ${readVersion('yeoman-generator')}, without a terminal:\n\n${table}\n`;
console.log(text);
if (flags.includes('--write')) {
  const page = fileURLToPath(new URL('../../docs/update.md', import.meta.url));
  const [before = '', rest = ''] = readFileSync(page, 'utf8').split('<!-- peers -->\n');
  const [, after = ''] = rest.split('<!-- /peers -->\n');
  writeFileSync(page, `${before}<!-- peers -->\n${text}<!-- /peers -->\n${after}`);
}

function versionOf(name: string): string {
  const { output } = run(tmpdir(), join(bin, 'pip'), 'show', name);
  return `${name} ${/^Version: (.*)$/m.exec(output)?.[1]}`;
}

function readVersion(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
