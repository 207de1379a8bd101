import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { parse as parseHcl } from '@cdktn/hcl2json';
import { transformSync } from 'esbuild';
import { parseAllDocuments } from 'yaml';
import { languageOf, type Language } from '../src/plan/language.ts';

const parsers: Readonly<Record<Language, (path: string, text: string) => unknown>> = {
  json: (_, text) => JSON.parse(text) as unknown,
  yaml: (_, text) =>
    parseAllDocuments(text).map((document) => {
      assert.deepEqual([...document.errors, ...document.warnings], []);
      return document.toJS() as unknown;
    }),
  // Go's parser knows all of these as HCL by the name of the first.
  hcl: (path, text) => parseHcl(path.replaceAll('/', '-'), text),
  typescript: (path, text) => transformSync(text, { loader: path.endsWith('x') ? 'tsx' : 'ts', sourcefile: path }).code,
  make: (_, text) => run('make', ['--dry-run', '--file=-', 'help'], text),
  shell: (_, text) => run('sh', ['-n'], text),
  markdown: (_, text) => text,
  html: (_, text) => text,
  plain: (_, text) => text,
};

/**
 * Parses a file with its language's own parser.
 * @returns the value of a JSON, YAML or HCL file
 * @throws what the parser says, with the path
 */
export async function parseFile(path: string, text: string): Promise<unknown> {
  try {
    return await parsers[languageOf(path)](path, text);
  } catch (cause) {
    throw new Error(`${path}: ${String(cause)}`, { cause });
  }
}

function run(command: string, args: readonly string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}
